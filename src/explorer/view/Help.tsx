import type { RefObject } from 'preact';
import type { Shown } from '../explored.js';

const KEYS = [
  ['↓ ↑ or j k', 'choose a call'],
  ['Enter', 'make it'],
  ['/', 'filter the calls; Esc leaves the filter'],
  ['u or Backspace', 'back by one call'],
  ['n', 'next call of a counterexample, or of what was undone'],
  ['e', 'to the end of it'],
  ['b', 'back to the beginning'],
  ['Tab', 'to buttons, the story, the picture; there arrows and Enter work, too'],
  ['?', 'this'],
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
    <h2>How to read it</h2>
    <p>{shown.glossary}</p>
    <p>{shown.reading ?? 'What the last call changed is marked.'}</p>
    <p>
      {isLive
        ? 'The machines themselves run in this page.'
        : 'The states and calls in this page were recorded when it was made.'}{' '}
      What all paths together come to (the verdicts, their shortest stories, what kernels showed)
      was found when the page was made.
    </p>
    <form method="dialog">
      <button type="submit">Close</button>
    </form>
  </dialog>
);
