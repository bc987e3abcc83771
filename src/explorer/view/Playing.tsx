import type { Playback } from '../playback.js';
import type { Example } from './examples.js';

interface Props {
  readonly playback: Playback;
  readonly example: Example | undefined;
  readonly onGo: (at: number) => void;
}

/** Controls to step through the story, and the name of the counterexample that it plays. */
export const Playing = ({ playback: { calls, at }, example, onGo }: Props) => (
  <div class="playing">
    <span class="buttons">
      <Go description="Begin" name="b" to={0} at={at} onGo={onGo} />
      <Go description="Back" name="u" to={Math.max(at - 1, 0)} at={at} onGo={onGo} />
      <Go description="Next" name="n" to={Math.min(at + 1, calls.length)} at={at} onGo={onGo} />
      <Go description="To the end" name="e" to={calls.length} at={at} onGo={onGo} />
    </span>
    <span>
      call {at} of {calls.length}
      {example && (
        <>
          : a shortest story that <strong class="bad">{example.description}</strong>
        </>
      )}
    </span>
  </div>
);

interface GoProps {
  readonly description: string;
  readonly name: string;
  readonly to: number;
  readonly at: number;
  readonly onGo: (at: number) => void;
}

/** A button without effect is not `disabled`, so that it keeps the focus and keys still work. */
const Go = ({ description, name, to, at, onGo }: GoProps) => (
  <button type="button" aria-disabled={to === at} onClick={() => onGo(to)}>
    {description} <kbd>{name}</kbd>
  </button>
);
