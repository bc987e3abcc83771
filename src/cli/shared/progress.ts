import { number } from '../../model/formatNumber.js';
import type { SearchProgress } from '../../search/searchProgress.js';

/** What is said beside the result, on stderr. */
export interface ProgressReporter {
  /** Replaces the line before on a terminal; elsewhere said now and then. */
  progress(line: string): void;
  /** Takes the progress line away. */
  clear(): void;
}

const silent: ProgressReporter = { progress() {}, clear() {} };

/** Of so many progress lines the first is printed where there is no terminal. */
const RARELY = 32;

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

/** Says how a search goes, with its rate. */
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
