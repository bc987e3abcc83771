import { number } from '../../model/formatNumber.js';
import type { Given } from '../given.js';

interface Props {
  readonly design: string;
  readonly description: string;
  readonly scope: string | undefined;
  readonly given: Given | undefined;
  readonly onHelp: () => void;
}

/** The design, its scope and the coverage of its search, with the button for help. */
export const Title = ({ design, description, scope, given, onHelp }: Props) => (
  <header>
    <h1>{design}</h1>
    <p>
      {description}.{' '}
      {[
        ...(scope === undefined ? [] : [`Scope ${scope}`]),
        ...(given === undefined ? [] : [walkedText(given)]),
      ].join(': ')}
      {scope === undefined && given === undefined ? '' : '.'}
    </p>
    <button type="button" onClick={onHelp}>
      Keys <kbd>?</kbd>
    </button>
  </header>
);

const walkedText = ({ walked }: Given): string =>
  `${walked.complete ? 'all paths explored' : `the search was stopped (${walked.stopped})`}, ${number(walked.states)} states, ${number(walked.transitions)} transitions`;
