import { Console } from './console.js';
import { onLines } from './lines.js';
import type { Qemu } from './qemu.js';
import type { Trouble } from './trouble.js';

/** Milliseconds that the console has to tell of an oops better than `lost` does. */
const LAST_WORDS = 1000;

/** Somebody waits for the guest: for the last line wanted, or to be told how it was lost. */
interface Waiting {
  hears(line: string): void;
  lost(how: Trouble): void;
}

/** Takes the lines of an answer; answers true at the last one. */
type Hears = (line: string) => boolean;

/** What is said to one QEMU's guest, and who waits for its answer. One question at a time. */
export class Conversation {
  /** How the guest was lost, if it was, since the last `forget`. */
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

  /** Throws while somebody waits: a second question would take the first one's answer. */
  assertQuiet(): void {
    if (this.waiting) throw new Error('one step at a time');
  }

  /**
   * Resolves undefined when `hears` has had its last line, else how the guest was lost; after
   * `limit` milliseconds it is.
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

  /** Says something (with its line end) and listens for what follows. */
  ask(words: string, limit: number, hears: Hears): Promise<Trouble | undefined> {
    const answered = this.listen(limit, hears);
    this.qemu.monitor.execute('cont').catch(() => {});
    this.qemu.channel.write(words);
    return answered;
  }

  /** After this every line heard belongs to the guest's present life. Throws if it is silent. */
  async sync(): Promise<void> {
    const word = `sync ${++this.syncs}`;
    // The leading line end closes whatever half line an earlier life left on the way.
    const how = await this.ask(`\n${word}\n`, 10_000, (line) => line === word);
    if (how) throw new Error(`the guest does not answer after loadvm (${how})`);
    this.forget();
  }

  /** What was known of the guest's former life no longer counts. */
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
   * Idle virtual time runs as fast as the host allows, at the price of a whole core: between steps
   * the guest stands still. QEMU carries out its commands in order, so nobody waits for them.
   */
  private rest(): void {
    this.qemu.monitor.execute('stop').catch(() => {});
  }
}
