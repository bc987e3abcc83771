import type { Design } from '../../../machines/design.js';
import { number } from '../../model/formatNumber.js';
import type { Given } from '../given.js';

interface Props {
  readonly design: Design;
  readonly scope: string;
  readonly given: Given | undefined;
  readonly onHelp: () => void;
}

/** The design, its scope and what its search covered, with the button for help. */
export const Title = ({ design, scope, given, onHelp }: Props) => (
  <header>
    <h1>{design.name}</h1>
    <p>
      {design.description}. Scope {scope}
      {given === undefined ? '.' : `: ${walkedText(given)}.`}
    </p>
    <button type="button" onClick={onHelp}>
      Keys <kbd>?</kbd>
    </button>
  </header>
);

const walkedText = ({ walked }: Given): string =>
  `${walked.complete ? 'every path walked' : `the walk was stopped (${walked.stopped})`}, ${number(walked.states)} states, ${number(walked.transitions)} transitions`;
