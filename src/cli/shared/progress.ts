import { number } from '../../model/formatNumber.js';
import type { SearchProgress } from '../../search/searchProgress.js';
import { displayWidth } from './render/displayWidth.js';

/** Output on stderr next to the result. */
export interface ProgressReporter {
  /** Replaces the previous line on a terminal; elsewhere prints one line of every LOG_STRIDE. */
  progress(line: string): void;
  /** Prints a line that stays, above the progress line. */
  notice(line: string): void;
  /** Removes the progress line. */
  clear(): void;
}

const silent: ProgressReporter = { progress() {}, notice() {}, clear() {} };

/** Without a terminal, the first of every 32 progress lines is printed. */
const LOG_STRIDE = 32;

/** A reporter for a terminal or for a log; with `quiet` it prints nothing. */
export function progressReporter(quiet: boolean | undefined): ProgressReporter {
  if (quiet) return silent;
  return process.stderr.isTTY ? onTerminal(process.stderr) : inLog(process.stderr);
}

/** The cursor stays below the line, so that other output begins on a line of its own. */
export function onTerminal(
  terminal: Pick<NodeJS.WriteStream, 'write' | 'columns'>,
): ProgressReporter {
  /** Number of terminal rows of the progress line; 0 if no line is shown. */
  let rows = 0;
  const erased = () => (rows === 0 ? '' : `\x1b[${rows}A\x1b[J`);
  return {
    progress(line) {
      terminal.write(`${erased()}${line}\n`);
      rows = Math.max(1, Math.ceil(displayWidth(line) / (terminal.columns || 80)));
    },
    notice(line) {
      terminal.write(`${erased()}${line}\n`);
      rows = 0;
    },
    clear() {
      terminal.write(erased());
      rows = 0;
    },
  };
}

function inLog(log: Pick<NodeJS.WriteStream, 'write'>): ProgressReporter {
  let emitted = 0;
  return {
    progress(line) {
      if (emitted++ % LOG_STRIDE === 0) log.write(`${line}\n`);
    },
    notice(line) {
      log.write(`${line}\n`);
    },
    clear() {},
  };
}

/** Returns a callback that reports the progress of a search with its rate. */
export function searchProgress(
  name: string,
  { progress }: ProgressReporter,
  unit = 'states',
): (covered: SearchProgress) => void {
  const start = performance.now();
  return ({ states, transitions, depth, queue }) => {
    const rate = Math.round(transitions / ((performance.now() - start) / 1000));
    progress(
      `${name}: ${number(states)} ${unit}, ${number(transitions)} transitions, depth ${depth}, queue ${number(queue)}, ${number(rate)} transitions/s`,
    );
  };
}
