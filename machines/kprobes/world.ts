import type { Look, LookAt, Message } from '../../src/model/network.js';
import type { OpsInput } from '../ops/context.js';
import { errnoOf, flagsText, says } from '../outcome.js';
import { plain } from '../switches.js';
import { errnoName } from '../words.js';
import { OpsSeen, RecordSeen } from '../world.js';
import type { Probe } from './words.js';

/** What rules of the kprobe core see: the one function, the ops that may be on it, and the probes. */
export class KprobeWorld {
  readonly record: RecordSeen;
  readonly ops: readonly OpsSeen[];
  readonly #kprobes: Look;

  constructor(ops: readonly OpsInput[], look: LookAt) {
    this.record = new RecordSeen(1, look);
    this.ops = ops.map((one) => new OpsSeen(one, plain, [1], look));
    this.#kprobes = look('kprobes');
  }
  get probes(): readonly Probe[] {
    return this.#kprobes().context.probes;
  }
  /** A probe could not be disarmed. */
  get dangling(): boolean {
    return this.#kprobes().value === 'dangling';
  }
  /** Names of the ops that are on the function. */
  get attached(): readonly string[] {
    return this.ops.filter((o) => o.on(1)).map(({ name }) => name);
  }
}

/** errno; WARN; the function as in enabled_functions, with the ops on it and the probes registered. */
export function outcomeOf(said: readonly Message[], after: KprobeWorld): readonly string[] {
  const probes = after.probes.map(({ name }) => name).join() || '-';
  return [
    errnoName(errnoOf(said)),
    ...(says(said, 'WARN') ? ['WARN'] : []),
    `1: (${after.record.count}) ${flagsText(after.record)} ${after.attached.join() || '-'}, kprobes ${probes}`,
  ];
}
