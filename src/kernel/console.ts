import type { Socket } from 'node:net';
import { onLines } from './lines.js';
import { gravest, type Trouble, troubleIn } from './trouble.js';

/** Number of lines kept. An oops with its registers and call trace takes about 60. */
const KEPT = 400;
/** Milliseconds without output after which a splat counts as complete. */
const SILENCE = 250;

/** Reads the kernel's own messages and reports those that mean the loss of the guest. */
export class Console {
  /** Called once for each splat, when it is complete. */
  onTrouble: (trouble: Trouble) => void = () => {};
  private lines: string[] = [];
  private signs: Trouble[] = [];
  private silence: NodeJS.Timeout | undefined;

  constructor(socket: Socket) {
    onLines(socket, (line) => this.hear(line));
  }

  private hear(line: string): void {
    this.note(line);
    const sign = troubleIn(line);
    if (sign) this.signs.push(sign);
    if (this.signs.length) this.waitForSilence();
  }

  private waitForSilence(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => {
      const trouble = gravest(this.signs);
      this.signs = [];
      if (trouble) this.onTrouble(trouble);
    }, SILENCE);
  }

  /** Adds a line to the log that the kernel could not print itself. */
  note(line: string): void {
    this.lines.push(line);
    if (this.lines.length > KEPT) this.lines.shift();
  }

  /** The lines since the last `forget`, at most 400. */
  log(): string[] {
    return [...this.lines];
  }

  /** Drops the log and all signs of trouble, because the guest was reset. */
  forget(): void {
    clearTimeout(this.silence);
    this.lines = [];
    this.signs = [];
  }
}
