import type { Socket } from 'node:net';
import { onLines } from './lines.js';
import { gravest, type Trouble, troubleIn } from './trouble.js';

/** Lines kept: an oops with its registers and call trace is about 60. */
const KEPT = 400;
/** Milliseconds of silence after which a splat is taken to be complete. */
const SILENCE = 250;

/** Listens to the kernel's own messages and tells when they mean the end of the guest. */
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

  /** Writes a line into the log that the kernel could not say itself. */
  note(line: string): void {
    this.lines.push(line);
    if (this.lines.length > KEPT) this.lines.shift();
  }

  /** What was printed since the last `forget`. */
  log(): string[] {
    return [...this.lines];
  }

  /** Begins a new life of the guest. */
  forget(): void {
    clearTimeout(this.silence);
    this.lines = [];
    this.signs = [];
  }
}
