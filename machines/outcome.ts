import type { Json, Message, Step } from '../src/model/network.js';
import { type Command, errnoName, type WorldWord } from './words.js';
import type { RecordSeen, World } from './world.js';

type Callback = Extract<WorldWord, { type: 'callback' }>;

const wordsOf = (said: readonly Message[]) => said as readonly WorldWord[];

/** What the call returned: 0 or a negative errno. */
export function errnoOf(said: readonly Message[]): number {
  const word = wordsOf(said).findLast((w) => w.type === 'returns');
  return word?.type === 'returns' ? word.errno : 0;
}

/** The owners' callbacks in order, with their answers. */
export const callbacksOf = (said: readonly Message[]): readonly Callback[] =>
  wordsOf(said).filter((w): w is Callback => w.type === 'callback');

/** Records for which the list of ops was walked, to find a direct ops. */
export const searchesOf = (said: readonly Message[]): readonly number[] =>
  wordsOf(said).flatMap((w) => (w.type === 'searches' ? [w.record] : []));

export const says = (said: readonly Message[], type: 'WARN' | 'DEAD'): boolean =>
  said.some((w) => w.type === type);

/** Whether `ops` was asked with `command` in this call and agreed. */
export const agreed = (said: readonly Message[], ops: string, command: Command): boolean =>
  callbacksOf(said).some((c) => c.ops === ops && c.command === command && c.errno === 0);

/** Records that this call added to what its ops is on, or tried to. */
export function claimed({ before, call }: Step<World>): readonly number[] {
  const ops = before.named(call.to);
  const { type, record, order } = call.message;
  if (type === 'register') return order as readonly number[];
  return type === 'add' && ops.enabled ? [record as number] : [];
}

/**
 * The outcome of a call in parts, as the guest reports it too: errno; each callback; WARN; then
 * DEAD, or how each record looks and what runs when its function is called.
 */
export function outcomeOf(said: readonly Message[], after: World): readonly string[] {
  return [
    errnoName(errnoOf(said)),
    ...callbacksOf(said).map(({ ops, command, errno }) => `${ops} ${command} ${errnoName(errno)}`),
    ...(says(said, 'WARN') ? ['WARN'] : []),
    ...(says(said, 'DEAD') ? ['DEAD'] : after.records.map((record) => recordText(record, after))),
  ];
}

/** The same for programs. */
export function reportOf(said: readonly Message[], after: World): Json {
  return {
    errno: errnoOf(said),
    callbacks: callbacksOf(said).map(({ ops, command, errno }) => ({
      ops,
      command,
      answer: errno,
    })),
    warned: says(said, 'WARN'),
    dead: after.dead,
    records: after.records.map((record) => ({
      record: record.number,
      state: record.state,
      count: record.count,
      R: record.regs,
      I: record.ipmodify,
      D: record.direct,
      direct: record.callee,
      ran: after.ran(record),
    })),
  };
}

function recordText(record: RecordSeen, world: World): string {
  const { number, count, regs, ipmodify, direct, callee } = record;
  const flags = `${regs ? 'R' : '.'}${ipmodify ? 'I' : '.'}${direct ? 'D' : '.'}`;
  return `${number}: (${count}) ${flags} ${callee ?? '-'} ran ${world.ran(record).join() || '-'}`;
}
