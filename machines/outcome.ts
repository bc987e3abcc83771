import type { Json, Message, Step, Stimulus } from '../src/model/network.js';
import { begun } from './callers.js';
import { type Command, errnoName, type OutputEvent } from './events.js';
import { opsOf, type Scope } from './scopes.js';
import type { RecordView, World } from './world.js';

export type Callback = Extract<OutputEvent, { type: 'callback' }>;

const wordsOf = (emitted: readonly Message[]) => emitted as readonly OutputEvent[];

/** The return value of the call: 0 or a negative errno, unless an owner's positive answer was passed on. */
export function errnoOf(emitted: readonly Message[]): number {
  const word = wordsOf(emitted).findLast((w) => w.type === 'returns');
  return word?.type === 'returns' ? word.errno : 0;
}

/** Whether the call returned, which it does not if the kernel oopses in it. */
export const hasReturned = (emitted: readonly Message[]): boolean =>
  wordsOf(emitted).some(({ type }) => type === 'returns');

/** The callbacks to owners in order, with their answers. */
export const callbacksOf = (emitted: readonly Message[]): readonly Callback[] =>
  wordsOf(emitted).filter((w): w is Callback => w.type === 'callback');

/** The walks over the ops list for a direct ops: the record, and the number of ops that the walk may visit. */
export const searchesOf = (
  emitted: readonly Message[],
): readonly { record: number; ops: number }[] =>
  wordsOf(emitted).flatMap((w) =>
    w.type === 'searches' ? [{ record: w.record, ops: w.ops }] : [],
  );

/** The message of a call that stands at a lock; undefined if it returned. */
const standsOf = (emitted: readonly Message[]) =>
  wordsOf(emitted).find((word) => word.type === 'stopped' || word.type === 'blocked');

/** The return value as text, or the lock for which the call waits. */
function resultOf(emitted: readonly Message[]): string {
  const stands = standsOf(emitted);
  return stands === undefined ? errnoName(errnoOf(emitted)) : `${stands.type} at ${stands.at}`;
}

/** Whether the call emitted WARN or DEAD. */
export const description = (emitted: readonly Message[], type: 'WARN' | 'DEAD' | 'OOPS'): boolean =>
  emitted.some((w) => w.type === type);

/** Whether the owner of `ops` agreed to `command` in this call, for this record or for the whole ops. */
export const agreed = (
  emitted: readonly Message[],
  ops: string,
  command: Command,
  record: number,
): boolean =>
  callbacksOf(emitted).some(
    (c) =>
      c.ops === ops &&
      c.command === command &&
      c.errno === 0 &&
      (c.record === undefined || c.record === record),
  );

/** Records to which this call attached its ops, or tried to. */
export function claimed({ before, call }: Step<World>): readonly number[] {
  const ops = before.named(call.to);
  const { type, records, order } = call.message;
  if (type === 'register') return order as readonly number[];
  if (type === 'direct add') return records as readonly number[];
  return type === 'add' && ops?.enabled ? (records as readonly number[]) : [];
}

/**
 * The shape of an outcome, without names and records: the return value, the set of commands with their answers, WARN,
 * DEAD. Repeated equal answers do not change the shape.
 */
export function shapeOf({
  errno,
  callbacks,
  warned,
  dead,
}: {
  readonly errno: number;
  readonly callbacks: readonly Pick<Callback, 'command' | 'errno'>[];
  readonly warned: boolean;
  readonly dead: boolean;
}): string {
  const answers = new Set(callbacks.map((c) => `${c.command} ${errnoName(c.errno)}`));
  return [
    errnoName(errno),
    ...answers,
    ...(warned ? ['WARN'] : []),
    ...(dead ? ['DEAD'] : []),
  ].join(', ');
}

/** The shape of the outcome of a call, from the messages that it emitted. */
export const shapeOfEmitted = (emitted: readonly Message[]): string =>
  shapeOf({
    errno: errnoOf(emitted),
    callbacks: callbacksOf(emitted),
    warned: description(emitted, 'WARN'),
    dead: description(emitted, 'DEAD'),
  });

/** The break class of a call: its name, the kind of its ops, and the shape of its outcome. */
export function breakClassIn(
  scope: Scope,
): (call: Stimulus, emitted: readonly Message[]) => string {
  const kinds = new Map(opsOf(scope).map(({ name, kind }) => [name, kind]));
  return (call, emitted) => {
    const { message, to } = begun(call) ?? call;
    return `${[message.type, ...(kinds.has(to) ? [kinds.get(to)] : [])].join(' ')}: ${shapeOfEmitted(emitted)}`;
  };
}

const callbackText = ({ ops, command, record, errno }: Callback): string =>
  `${ops} ${command}${record === undefined ? '' : `(${record})`} ${errnoName(errno)}`;

/**
 * The outcome of a call in parts, in the format of the guest: errno; each callback; WARN; then DEAD, or for each
 * record its line of enabled_functions and the names that `World.ran` gives. OOPS stands alone: the kernel, or the call
 * of a function, used a NULL pointer, so there is nothing left that could report.
 */
export function outcomeOf(emitted: readonly Message[], after: World): readonly string[] {
  if (after.oops) return ['OOPS'];
  return [
    resultOf(emitted),
    ...callbacksOf(emitted).map(callbackText),
    ...(description(emitted, 'WARN') ? ['WARN'] : []),
    ...(description(emitted, 'DEAD')
      ? ['DEAD']
      : after.records.map((record) => recordText(record, after))),
    ...(after.diesWhenCalled ? ['WARN while looking'] : []),
  ];
}

/** The walks over the ops list in the call, with their lengths; a walk costs time under ftrace_lock. */
export const unobservableOf = (emitted: readonly Message[]): readonly string[] =>
  searchesOf(emitted).map(
    ({ record, ops }) => `looks for a direct ops on ${record}, ${ops} ops on the list`,
  );

/** The outcome of a call as JSON. */
export function reportOf(emitted: readonly Message[], after: World): Json {
  const stands = standsOf(emitted);
  return {
    errno: errnoOf(emitted),
    ...(stands && { [`${stands.type}At`]: stands.at }),
    callbacks: callbacksOf(emitted).map(({ ops, command, record, errno }) => ({
      ops,
      command,
      ...(record === undefined ? {} : { record }),
      answer: errno,
    })),
    searched: searchesOf(emitted),
    warned: description(emitted, 'WARN'),
    dead: after.dead,
    oops: after.oops,
    ...(after.crashed ? { crashed: true } : {}),
    diesWhenCalled: after.diesWhenCalled,
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

/** The flag letters of enabled_functions in their columns, with `.` for an absent flag. */
export const flagsText = ({ regs, ipmodify, direct }: RecordView): string =>
  `${regs ? 'R' : '.'}${ipmodify ? 'I' : '.'}${direct ? 'D' : '.'}`;

function recordText(record: RecordView, world: World): string {
  const { number, shown, count, callee } = record;
  if (!shown) return `${number}: (0) ... - ran -`;
  return `${number}: (${count}) ${flagsText(record)} ${callee ?? '-'} ran ${world.ran(record).join() || '-'}`;
}
