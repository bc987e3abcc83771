import type { RefObject } from 'preact';
import type { Shown } from '../explored.js';

const KEYS = [
  ['↓ ↑ or j k', 'select a call'],
  ['Enter', 'make the call'],
  ['/', 'filter the calls; Esc leaves the filter'],
  ['u or Backspace', 'undo one call'],
  ['n', 'make the next call of the counterexample, or redo one'],
  ['e', 'play to the end'],
  ['b', 'undo all calls'],
  ['Tab', 'go to the buttons, the story or the picture; arrows and Enter work there, too'],
  ['?', 'show this help'],
] as const;

interface Props {
  readonly dialog: RefObject<HTMLDialogElement | null>;
  readonly shown: Shown;
  /** Whether the machines run in the page. */
  readonly isLive: boolean;
}

/** The keys, and how to read the page. */
export const Help = ({ dialog, shown, isLive }: Props) => (
  <dialog ref={dialog} aria-label="Help">
    <h2>Keys</h2>
    <dl>
      {KEYS.map(([key, does]) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
    <h2>How to read the page</h2>
    <p>{shown.glossary}</p>
    <p>{shown.reading ?? 'Changes by the last call are marked.'}</p>
    <p>
      {isLive
        ? 'The page runs the machines themselves.'
        : 'The page contains states and calls that were recorded when it was made.'}{' '}
      The results about all paths (the verdicts, their shortest stories and the observations on
      kernels) were computed when the page was made.
    </p>
    <form method="dialog">
      <button type="submit">Close</button>
    </form>
  </dialog>
);
