import { Console } from './console.js';
import type { GuestFailure } from './guestFailure.js';
import { onLines } from './lines.js';
import type { Qemu } from './qemu.js';

/** Milliseconds that the console has to report the failure more precisely than `lost` does. */
const OOPS_DELAY = 2_500;

/** A pending answer: it ends with its last line, or with the loss of the guest. */
interface Waiting {
  onLine(line: string): void;
  lost(how: GuestFailure): void;
}

/** Takes the lines of an answer; returns true at the last one. */
type LineHandler = (line: string) => boolean;

/** The requests to the guest of one QEMU, and its answers. One request at a time. */
export class GuestChannel {
  /** How the guest was lost since the last `clear`; undefined if it was not. */
  failure: GuestFailure | undefined;
  private waiting: Waiting | undefined;
  private oopsTimer: NodeJS.Timeout | undefined;
  private readonly console: Console;
  private syncs = 0;

  constructor(
    private readonly qemu: Qemu,
    private readonly transcript: (line: string) => void = () => {},
  ) {
    this.console = new Console(qemu.console);
    this.console.onFailure = (failure) => this.fail(failure);
    onLines(qemu.channel, (line) => this.receive(line));
    qemu.qmp.onEvent = (event, detail) => {
      if (event !== 'SHUTDOWN' && event !== 'GUEST_PANICKED') return;
      this.console.note(`QEMU says ${event} ${JSON.stringify(detail)}`);
      this.fail('panic');
    };
    qemu.process.on('exit', () => this.fail('hang'));
  }

  /** The console since the last `clear`, at most 400 lines. */
  log(): string[] {
    return this.console.log();
  }

  /** Throws while an answer is pending: a second request would take the answer of the first. */
  assertQuiet(): void {
    if (this.waiting) throw new Error('one step at a time');
  }

  /**
   * Resolves to undefined once `onLine` returns true, or to the way in which the guest was lost. After `limit`
   * milliseconds the guest counts as lost (`hang`). Throws while an answer is pending.
   */
  waitFor(limit: number, onLine: LineHandler): Promise<GuestFailure | undefined> {
    this.assertQuiet();
    return new Promise((resolve) => {
      const clock = setTimeout(() => this.fail('hang'), limit);
      const settle = (how: GuestFailure | undefined) => {
        clearTimeout(clock);
        this.waiting = undefined;
        this.pause();
        resolve(how);
      };
      this.waiting = {
        onLine: (line) => {
          if (onLine(line)) settle(undefined);
        },
        lost: settle,
      };
    });
  }

  /** Sends `request`, which must include the line end, and listens for the answer as `waitFor` does. */
  request(request: string, limit: number, onLine: LineHandler): Promise<GuestFailure | undefined> {
    const answered = this.waitFor(limit, onLine);
    this.qemu.qmp.execute('cont').catch(() => {});
    this.qemu.channel.write(request);
    return answered;
  }

  /** Discards lines from before the last loadvm. Throws if the guest does not answer within 10 seconds. */
  async sync(): Promise<void> {
    const word = `sync ${++this.syncs}`;
    // The leading line end terminates a partial line that was sent before the loadvm.
    const how = await this.request(`\n${word}\n`, 10_000, (line) => line === word);
    if (how) throw new Error(`the guest does not answer after loadvm (${how})`);
    this.clear();
  }

  /** Drops the log, the failure and the pending oops timer, because the guest was reset. */
  clear(): void {
    clearTimeout(this.oopsTimer);
    this.console.clear();
    this.failure = undefined;
  }

  private receive(line: string): void {
    this.transcript(line);
    if (/^lost \d+$/.test(line)) {
      this.oopsTimer = setTimeout(() => this.fail('oops'), OOPS_DELAY);
      return;
    }
    this.waiting?.onLine(line);
  }

  private fail(how: GuestFailure): void {
    this.failure = how;
    if (this.waiting) this.waiting.lost(how);
    else this.pause();
  }

  /**
   * Stops the guest between steps: idle virtual time runs as fast as the host allows, which costs a whole core.
   * QEMU executes its commands in order, so there is no need to wait for the reply.
   */
  private pause(): void {
    this.qemu.qmp.execute('stop').catch(() => {});
  }
}
