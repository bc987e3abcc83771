import { number } from '../../model/formatNumber.js';
import type { SearchProgress } from '../../search/searchProgress.js';

/** Output on stderr next to the result. */
export interface ProgressReporter {
  /** Replaces the previous line on a terminal; elsewhere prints one line of every RARELY. */
  progress(line: string): void;
  /** Removes the progress line. */
  clear(): void;
}

const silent: ProgressReporter = { progress() {}, clear() {} };

/** Without a terminal, the first of every 32 progress lines is printed. */
const RARELY = 32;

/** A reporter for a terminal or for a log; with `quiet` it prints nothing. */
export async function progressReporter(quiet: boolean | undefined): Promise<ProgressReporter> {
  if (quiet) return silent;
  if (process.stderr.isTTY) {
    const { createLogUpdate } = await import('log-update');
    const update = createLogUpdate(process.stderr);
    return { progress: (line) => update(line), clear: () => update.clear() };
  }
  let emitted = 0;
  return {
    progress: (line) => {
      if (emitted++ % RARELY === 0) process.stderr.write(`${line}\n`);
    },
    clear() {},
  };
}

/** Returns a callback that reports the progress of a search with its rate. */
export function searchProgress(
  name: string,
  { progress }: ProgressReporter,
  what = 'states',
): (covered: SearchProgress) => void {
  const begun = performance.now();
  return ({ states, transitions, depth, queue }) => {
    const rate = Math.round(transitions / ((performance.now() - begun) / 1000));
    progress(
      `${name}: ${number(states)} ${what}, ${number(transitions)} transitions, depth ${depth}, queue ${number(queue)}, ${number(rate)} transitions/s`,
    );
  };
}
