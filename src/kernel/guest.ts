import { parseAnswer, parseDiagnostic, stepLine } from './answer.js';
import { buildGuest } from './build.js';
import { Console } from './console.js';
import { findKernel, type KernelSource } from './find.js';
import { onLines } from './lines.js';
import type { KernelFiles } from './packages.js';
import { needQemu, type Qemu, startQemu, stopQemu } from './qemu.js';
import type { Trouble } from './trouble.js';

/** What became of one step. */
export type StepResult =
  | {
      kind: 'answered';
      /** errno, callbacks, WARN, DEAD and records in one line, as docs and stories write it. */
      outcome: string;
      /** Whether the outcome was one of those allowed. */
      ok: boolean;
      /** First line of each kernel warning. */
      warnings: string[];
    }
  | {
      kind: 'lost';
      how: Trouble;
      /** The console since the last reset, at most 400 lines. */
      log: string[];
    };

/** How to boot a guest. */
export interface GuestOptions {
  /** Told in a line what takes long: fetching, building, booting. */
  progress?: (line: string) => void;
  /** Hears every line the guest says on its channel: the KTAP transcript. */
  transcript?: (line: string) => void;
  /** Milliseconds to wait for the answer to a step; 30,000 unless told. */
  stepLimit?: number;
  /** Milliseconds to wait for the guest to be ready; 120,000 unless told. */
  bootLimit?: number;
}

const SNAPSHOT = 'ready';

/** Somebody waits for the guest: for a line that `hears` takes, or to be told it is lost. */
interface Waiting {
  /** Answers true when this line was the last one wanted. */
  hears(line: string): boolean;
  lost(how: Trouble): void;
}

/** A kernel in QEMU that makes ftrace calls on command. One step at a time. */
export class Guest {
  private waiting: Waiting | undefined;
  private fate: Trouble | undefined;
  private qemu!: Qemu;
  private console!: Console;
  private obituary: NodeJS.Timeout | undefined;
  private syncs = 0;
  private spoilt = false;
  private closed = false;
  /** What `uname -r` says inside. */
  release = '';

  /** Use `bootGuest`. */
  constructor(
    private readonly files: KernelFiles,
    private readonly initramfs: string,
    private readonly options: GuestOptions,
  ) {}

  /** The kernel's package version, for instance 6.12.117-1~deb12u1; a custom kernel's release. */
  get kernel(): string {
    return this.files.version === 'unknown' ? this.release : this.files.version;
  }

  /** Process id of its QEMU. */
  get pid(): number {
    return this.qemu.process.pid!;
  }

  /** Starts QEMU and keeps the state in which every story begins. Throws with the last lines. */
  async boot(): Promise<void> {
    this.options.progress?.(`booting ${this.files.version}`);
    this.qemu = await startQemu(this.files, this.initramfs);
    this.console = new Console(this.qemu.console);
    this.console.onTrouble = (trouble) => this.lose(trouble);
    onLines(this.qemu.channel, (line) => this.hear(line));
    this.qemu.monitor.onEvent = (event, detail) => {
      if (event !== 'SHUTDOWN' && event !== 'GUEST_PANICKED') return;
      this.console.note(`QEMU says ${event} ${JSON.stringify(detail)}`);
      this.lose('panic');
    };
    const qemu = this.qemu;
    qemu.process.on('exit', () => {
      if (qemu === this.qemu) this.lose('hang');
    });
    await qemu.monitor.execute('cont');
    await this.ready();
    await qemu.monitor.save(SNAPSHOT);
    await this.sync();
  }

  private async ready(): Promise<void> {
    const limit = this.options.bootLimit ?? 120_000;
    const how = await this.wait(limit, (line) => {
      const ready = /^ready (\S+)/.exec(line);
      if (ready) this.release = ready[1]!;
      return ready !== null;
    });
    if (!how) return;
    const last = this.console.log().slice(-15).join('\n');
    await this.close();
    throw new Error(`the guest with kernel ${this.files.version} does not boot (${how}):\n${last}`);
  }

  private hear(line: string): void {
    this.options.transcript?.(line);
    if (/^lost \d+$/.test(line)) {
      // The console tells it better, if it tells it at all.
      this.obituary = setTimeout(() => this.lose('oops'), 1000);
      return;
    }
    if (!this.waiting?.hears(line)) return;
    this.waiting = undefined;
    this.rest();
  }

  /**
   * Idle virtual time runs as fast as the host allows, at the price of a whole core: between steps
   * the guest stands still. QEMU carries out its commands in order, so nobody waits for them.
   */
  private rest(): void {
    this.qemu.monitor.execute('stop').catch(() => {});
  }

  private say(line: string): void {
    this.qemu.monitor.execute('cont').catch(() => {});
    this.qemu.channel.write(line);
  }

  private lose(how: Trouble): void {
    this.fate = how;
    this.rest();
    const waiting = this.waiting;
    this.waiting = undefined;
    waiting?.lost(how);
  }

  /** Resolves undefined when `hears` has had its last line, else how the guest was lost. */
  private wait(limit: number, hears: (line: string) => boolean): Promise<Trouble | undefined> {
    return new Promise((resolve) => {
      const clock = setTimeout(() => this.lose('hang'), limit);
      const settle = (how: Trouble | undefined) => {
        clearTimeout(clock);
        resolve(how);
      };
      this.waiting = {
        hears: (line) => {
          const last = hears(line);
          if (last) settle(undefined);
          return last;
        },
        lost: settle,
      };
    });
  }

  /** What was known of the guest's former life no longer counts. */
  private forget(): void {
    clearTimeout(this.obituary);
    this.console.forget();
    this.fate = undefined;
    this.waiting = undefined;
    this.spoilt = false;
  }

  /** After this every line heard belongs to the guest's present life. */
  private async sync(): Promise<void> {
    const word = `sync ${++this.syncs}`;
    const synced = this.wait(10_000, (line) => line === word);
    // The leading line end closes whatever half line an earlier life left on the way.
    this.say(`\n${word}\n`);
    const how = await synced;
    if (how) throw new Error(`the guest does not answer after loadvm (${how})`);
    this.forget();
  }

  /** Back to the state after boot, whatever has happened since: 0.1 s, or a new boot. */
  async reset(): Promise<void> {
    if (this.closed) throw new Error('this guest is closed');
    this.forget();
    try {
      await this.qemu.monitor.load(SNAPSHOT);
      await this.sync();
    } catch {
      await this.stop();
      await this.boot();
    }
  }

  /** Announces how many steps will follow; the guest begins its KTAP output anew. */
  async plan(steps: number): Promise<void> {
    const planned = this.wait(10_000, (line) => line === `1..${steps}`);
    this.say(`plan ${steps}\n`);
    const how = await planned;
    if (how) throw new Error(`the guest does not answer to its plan (${how})`);
  }

  /**
   * Makes one call (`setup ...`, `add X 1`, `register X`...) and looks at the world after it.
   * Throws on a command the guest cannot read and on a lost guest that was not reset.
   */
  async step(command: string, allowed?: readonly string[]): Promise<StepResult> {
    if (this.waiting) throw new Error('one step at a time');
    if (this.spoilt) throw new Error('this guest was lost: reset() it first');
    if (this.fate) return this.lostBy(this.fate);
    const warnings: string[] = [];
    let answer: ReturnType<typeof parseAnswer>;
    let refusal: string | undefined;
    const answered = this.wait(this.options.stepLimit ?? 30_000, (line) => {
      const diagnostic = parseDiagnostic(line);
      if (diagnostic) warnings.push(diagnostic);
      if (line.startsWith('Bail out!')) refusal = line;
      answer = parseAnswer(line);
      return answer !== undefined || refusal !== undefined;
    });
    this.say(stepLine(command, allowed));
    const how = await answered;
    if (how) return this.lostBy(how);
    if (!answer || answer.outcome.startsWith('?')) throw new Error(`not a step: ${command}`);
    return { kind: 'answered', outcome: answer.outcome, ok: answer.ok, warnings };
  }

  private lostBy(how: Trouble): StepResult {
    this.spoilt = true;
    return { kind: 'lost', how, log: this.console.log() };
  }

  /** Ends the guest; nothing of it is left. */
  async close(): Promise<void> {
    this.closed = true;
    await this.stop();
  }

  private async stop(): Promise<void> {
    this.forget();
    await stopQemu(this.qemu);
    // Its last words may still be on their way, and belong to nobody now.
    this.forget();
  }
}

/**
 * Finds the kernel, builds the guest and boots it, ready for the first step.
 * Throws `KernelUnavailable` when the machine lacks something, an `Error` when the boot fails.
 */
export async function bootGuest(source: KernelSource, options: GuestOptions = {}): Promise<Guest> {
  await needQemu();
  const files = await findKernel(source, options.progress);
  const initramfs = await buildGuest(files, options.progress);
  const guest = new Guest(files, initramfs, options);
  await guest.boot();
  return guest;
}
