import type { Telling } from '../telling.js';
import type { Example } from './examples.js';

interface Props {
  readonly telling: Telling;
  readonly example: Example | undefined;
  readonly onGo: (at: number) => void;
}

/** Back and forth in the story, and which counterexample it is, if it is one. */
export const Playing = ({ telling: { calls, at }, example, onGo }: Props) => (
  <div class="playing">
    <span class="buttons">
      <Go says="Begin" name="b" to={0} at={at} onGo={onGo} />
      <Go says="Back" name="u" to={Math.max(at - 1, 0)} at={at} onGo={onGo} />
      <Go says="Next" name="n" to={Math.min(at + 1, calls.length)} at={at} onGo={onGo} />
      <Go says="To the end" name="e" to={calls.length} at={at} onGo={onGo} />
    </span>
    <span>
      call {at} of {calls.length}
      {example && (
        <>
          : a shortest story that <strong class="bad">{example.says}</strong>
        </>
      )}
    </span>
  </div>
);

interface GoProps {
  readonly says: string;
  readonly name: string;
  readonly to: number;
  readonly at: number;
  readonly onGo: (at: number) => void;
}

/** A button that leads nowhere keeps the focus, so that keys are heard: it is not `disabled`. */
const Go = ({ says, name, to, at, onGo }: GoProps) => (
  <button type="button" aria-disabled={to === at} onClick={() => onGo(to)}>
    {says} <kbd>{name}</kbd>
  </button>
);
