import type { Socket } from 'node:net';
import { failureIn, type GuestFailure, mostSevere } from './guestFailure.js';
import { onLines } from './lines.js';

/** Number of lines kept. An oops with its registers and call trace takes about 60. */
const MAX_LINES = 400;
/** Milliseconds without output after which a splat counts as complete, once it says that the kernel panicked. */
const QUIET_MS = 250;
/** The same for any other splat: on a busy host, a panic can follow an oops that late. */
const QUIET_UNLESS_PANIC_MS = 2_000;

/** Reads the kernel's own messages and reports those that mean the loss of the guest. */
export class Console {
  /** Called once for each splat, when it is complete. */
  onFailure: (failure: GuestFailure) => void = () => {};
  private lines: string[] = [];
  private failures: GuestFailure[] = [];
  private silence: NodeJS.Timeout | undefined;

  constructor(socket: Socket) {
    onLines(socket, (line) => this.receive(line));
  }

  private receive(line: string): void {
    this.note(line);
    const failure = failureIn(line);
    if (failure) this.failures.push(failure);
    if (this.failures.length) this.waitForQuiet();
  }

  private waitForQuiet(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(
      () => {
        const failure = mostSevere(this.failures);
        this.failures = [];
        if (failure) this.onFailure(failure);
      },
      this.failures.includes('panic') ? QUIET_MS : QUIET_UNLESS_PANIC_MS,
    );
  }

  /** Adds a line to the log that the kernel could not print itself. */
  note(line: string): void {
    this.lines.push(line);
    if (this.lines.length > MAX_LINES) this.lines.shift();
  }

  /** The lines since the last `clear`, at most 400. */
  log(): string[] {
    return [...this.lines];
  }

  /** Drops the log and all failures, because the guest was reset. */
  clear(): void {
    clearTimeout(this.silence);
    this.lines = [];
    this.failures = [];
  }
}
