import { Console } from './console.js';
import { onLines } from './lines.js';
import type { Qemu } from './qemu.js';
import type { Trouble } from './trouble.js';

/** Milliseconds that the console has to report the trouble more precisely than `lost` does. */
const LAST_WORDS = 1000;

/** A pending answer: it ends with its last line, or with the loss of the guest. */
interface Waiting {
  hears(line: string): void;
  lost(how: Trouble): void;
}

/** Takes the lines of an answer; returns true at the last one. */
type Hears = (line: string) => boolean;

/** The requests to the guest of one QEMU, and its answers. One request at a time. */
export class Conversation {
  /** How the guest was lost since the last `forget`; undefined if it was not. */
  fate: Trouble | undefined;
  private waiting: Waiting | undefined;
  private obituary: NodeJS.Timeout | undefined;
  private readonly console: Console;
  private syncs = 0;

  constructor(
    private readonly qemu: Qemu,
    private readonly transcript: (line: string) => void = () => {},
  ) {
    this.console = new Console(qemu.console);
    this.console.onTrouble = (trouble) => this.lose(trouble);
    onLines(qemu.channel, (line) => this.hear(line));
    qemu.monitor.onEvent = (event, detail) => {
      if (event !== 'SHUTDOWN' && event !== 'GUEST_PANICKED') return;
      this.console.note(`QEMU says ${event} ${JSON.stringify(detail)}`);
      this.lose('panic');
    };
    qemu.process.on('exit', () => this.lose('hang'));
  }

  /** The console since the last `forget`, at most 400 lines. */
  log(): string[] {
    return this.console.log();
  }

  /** Throws while an answer is pending: a second request would take the answer of the first. */
  assertQuiet(): void {
    if (this.waiting) throw new Error('one step at a time');
  }

  /**
   * Resolves to undefined once `hears` returns true, or to the way in which the guest was lost. After `limit`
   * milliseconds the guest counts as lost (`hang`). Throws while an answer is pending.
   */
  listen(limit: number, hears: Hears): Promise<Trouble | undefined> {
    this.assertQuiet();
    return new Promise((resolve) => {
      const clock = setTimeout(() => this.lose('hang'), limit);
      const settle = (how: Trouble | undefined) => {
        clearTimeout(clock);
        this.waiting = undefined;
        this.rest();
        resolve(how);
      };
      this.waiting = {
        hears: (line) => {
          if (hears(line)) settle(undefined);
        },
        lost: settle,
      };
    });
  }

  /** Sends `words`, which must include the line end, and listens for the answer as `listen` does. */
  ask(words: string, limit: number, hears: Hears): Promise<Trouble | undefined> {
    const answered = this.listen(limit, hears);
    this.qemu.monitor.execute('cont').catch(() => {});
    this.qemu.channel.write(words);
    return answered;
  }

  /** Discards lines from before the last loadvm. Throws if the guest does not answer within 10 seconds. */
  async sync(): Promise<void> {
    const word = `sync ${++this.syncs}`;
    // The leading line end terminates a partial line that was sent before the loadvm.
    const how = await this.ask(`\n${word}\n`, 10_000, (line) => line === word);
    if (how) throw new Error(`the guest does not answer after loadvm (${how})`);
    this.forget();
  }

  /** Drops the log, the fate and the pending oops timer, because the guest was reset. */
  forget(): void {
    clearTimeout(this.obituary);
    this.console.forget();
    this.fate = undefined;
  }

  private hear(line: string): void {
    this.transcript(line);
    if (/^lost \d+$/.test(line)) {
      this.obituary = setTimeout(() => this.lose('oops'), LAST_WORDS);
      return;
    }
    this.waiting?.hears(line);
  }

  private lose(how: Trouble): void {
    this.fate = how;
    if (this.waiting) this.waiting.lost(how);
    else this.rest();
  }

  /**
   * Stops the guest between steps: idle virtual time runs as fast as the host allows, which costs a whole core.
   * QEMU executes its commands in order, so there is no need to wait for the reply.
   */
  private rest(): void {
    this.qemu.monitor.execute('stop').catch(() => {});
  }
}
