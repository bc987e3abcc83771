import { parseAnswer, parseDiagnostic, stepLine } from './answer.js';
import { buildGuest } from './build.js';
import { findKernel, type KernelSource } from './find.js';
import { GuestChannel } from './guestChannel.js';
import type { GuestFailure } from './guestFailure.js';
import type { GuestKind } from './guestSources.js';
import type { KernelFiles } from './packages.js';
import { needQemu, type Qemu, startQemu, stopQemu } from './qemu.js';

/** The result of one step. */
export type StepResult =
  | {
      kind: 'answered';
      /** The errno, callbacks, WARN, DEAD and records in one line, in the form that docs and stories use. */
      outcome: string;
      /** Whether the outcome is one of those allowed. */
      ok: boolean;
      /** The first line of each kernel warning. */
      warnings: string[];
    }
  | {
      kind: 'lost';
      how: GuestFailure;
      /** The console since the last reset, at most 400 lines. */
      log: string[];
    };

/** Options for `bootGuest`. */
export interface GuestOptions {
  /** The kind of its steps; default 'calls'. */
  kind?: GuestKind;
  /** Called with one line before each slow task: fetching, building, booting. */
  progress?: (line: string) => void;
  /** Called with one line if the newest version of the kernel is another than before. */
  notice?: (line: string) => void;
  /** Called with every line that the guest writes to its channel: the KTAP transcript. */
  transcript?: (line: string) => void;
  /** Milliseconds to wait for the answer to a step; default 30,000. */
  stepLimit?: number;
  /** Milliseconds to wait for the guest to be ready; default 120,000. */
  bootLimit?: number;
}

const SNAPSHOT = 'ready';

/** A kernel in QEMU that makes ftrace calls on command. One step at a time. */
export class Guest {
  private qemu!: Qemu;
  private channel!: GuestChannel;
  private lost = false;
  private closed = false;
  /** The output of `uname -r` in the guest. */
  release = '';

  /** Does not boot: use `bootGuest`. */
  constructor(
    private readonly files: KernelFiles,
    private readonly initramfs: string,
    private readonly options: GuestOptions,
  ) {}

  /** The kernel's package version, for example 6.12.117-1~deb12u1, or the release of a custom kernel. */
  get kernel(): string {
    return this.files.version === 'unknown' ? this.release : this.files.version;
  }

  /** The process id of its QEMU. */
  get pid(): number {
    return this.qemu.process.pid!;
  }

  /**
   * Starts QEMU and saves the state in which every story begins. On failure, throws with the last lines of the
   * console and ends QEMU.
   */
  async boot(): Promise<void> {
    this.options.progress?.(`booting ${this.files.version}`);
    this.qemu = await startQemu(this.files, this.initramfs);
    this.channel = new GuestChannel(this.qemu, this.options.transcript);
    try {
      // If the guest was closed while QEMU started, end that QEMU too.
      this.assertOpen();
      await this.qemu.qmp.execute('cont');
      await this.ready();
      await this.qemu.qmp.save(SNAPSHOT);
      await this.channel.sync();
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  private async ready(): Promise<void> {
    const limit = this.options.bootLimit ?? 120_000;
    const how = await this.channel.waitFor(limit, (line) => {
      const ready = /^ready (\S+)/.exec(line);
      if (ready) this.release = ready[1]!;
      return ready !== null;
    });
    if (!how) return;
    const last = this.channel.log().slice(-15).join('\n');
    throw new Error(`the guest with kernel ${this.files.version} does not boot (${how}):\n${last}`);
  }

  /** Restores the state after boot, even of a lost guest. Takes 0.1 s, or boots again if that fails. */
  async reset(): Promise<void> {
    this.assertOpen();
    this.channel.assertQuiet();
    try {
      await this.qemu.qmp.load(SNAPSHOT);
      // Only after loadvm can no more events of the earlier run arrive.
      this.channel.clear();
      await this.channel.sync();
    } catch {
      await this.stop();
      this.assertOpen();
      await this.boot();
    }
    this.lost = false;
  }

  /** Announces the number of steps that follow. The guest starts its KTAP output again, with step 1. */
  async plan(steps: number): Promise<void> {
    this.assertOpen();
    const last = `1..${steps}`;
    const how = await this.channel.request(`plan ${steps}\n`, 10_000, (line) => line === last);
    if (how) throw new Error(`the guest does not answer to its plan (${how})`);
  }

  /**
   * Makes one call (`setup ...`, `add X 1`, `register X`...) and observes the state after it.
   * Throws on a command that the guest cannot parse, and if the guest was lost and not reset.
   */
  async step(command: string, allowed?: readonly string[]): Promise<StepResult> {
    this.assertOpen();
    this.channel.assertQuiet();
    if (this.lost) throw new Error('this guest was lost: reset() it first');
    if (this.channel.failure) return this.lostBy(this.channel.failure);
    const warnings: string[] = [];
    let answer: ReturnType<typeof parseAnswer>;
    let refused = false;
    const limit = this.options.stepLimit ?? 30_000;
    const how = await this.channel.request(stepLine(command, allowed), limit, (line) => {
      const diagnostic = parseDiagnostic(line);
      if (diagnostic) warnings.push(diagnostic);
      refused = line.startsWith('Bail out!');
      answer = parseAnswer(line);
      return answer !== undefined || refused;
    });
    if (how) return this.lostBy(how);
    if (!answer || answer.outcome.startsWith('?')) throw new Error(`not a step: ${command}`);
    return { kind: 'answered', outcome: answer.outcome, ok: answer.ok, warnings };
  }

  /** The kernel's own messages since the last reset, at most 400 lines. */
  log(): string[] {
    return this.channel.log();
  }

  private lostBy(how: GuestFailure): StepResult {
    this.lost = true;
    return { kind: 'lost', how, log: this.channel.log() };
  }

  private assertOpen(): void {
    if (this.closed) throw new Error('this guest is closed');
  }

  /** Ends the guest and its QEMU. */
  async close(): Promise<void> {
    this.closed = true;
    await this.stop();
  }

  /** Ends QEMU. Its exit resolves a pending answer: the guest is lost. */
  private async stop(): Promise<void> {
    await stopQemu(this.qemu);
    this.channel.clear();
  }
}

/**
 * Finds the kernel, builds the guest and boots it, ready for the first step.
 * Throws `KernelUnavailable` if the machine lacks a requirement, or an `Error` if the boot fails.
 */
export async function bootGuest(source: KernelSource, options: GuestOptions = {}): Promise<Guest> {
  await needQemu();
  const files = await findKernel(source, options);
  const initramfs = await buildGuest(files, options.kind ?? 'calls', options.progress);
  const guest = new Guest(files, initramfs, options);
  await guest.boot();
  return guest;
}
