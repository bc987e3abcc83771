import type { Json, Message, Step, Stimulus } from '../src/model/network.js';
import { type Command, errnoName, type OutputEvent } from './events.js';
import { opsOf, type Scope } from './scopes.js';
import type { RecordView, World } from './world.js';

export type Callback = Extract<OutputEvent, { type: 'callback' }>;

const wordsOf = (emitted: readonly Message[]) => emitted as readonly OutputEvent[];

/** What the call returned: 0 or a negative errno. */
export function errnoOf(emitted: readonly Message[]): number {
  const word = wordsOf(emitted).findLast((w) => w.type === 'returns');
  return word?.type === 'returns' ? word.errno : 0;
}

/** The owners' callbacks in order, with their answers. */
export const callbacksOf = (emitted: readonly Message[]): readonly Callback[] =>
  wordsOf(emitted).filter((w): w is Callback => w.type === 'callback');

/** Walks over the list of ops to find a direct one: for which record, and how many ops they may visit. */
export const searchesOf = (
  emitted: readonly Message[],
): readonly { record: number; ops: number }[] =>
  wordsOf(emitted).flatMap((w) =>
    w.type === 'searches' ? [{ record: w.record, ops: w.ops }] : [],
  );

export const description = (emitted: readonly Message[], type: 'WARN' | 'DEAD'): boolean =>
  emitted.some((w) => w.type === type);

/** Whether `ops` was asked with `command` in this call, about this record if it was named, and agreed. */
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

/** Records that this call added to what its ops is on, or tried to. */
export function claimed({ before, call }: Step<World>): readonly number[] {
  const ops = before.named(call.to);
  const { type, records, order } = call.message;
  if (type === 'register') return order as readonly number[];
  return type === 'add' && ops?.enabled ? (records as readonly number[]) : [];
}

/**
 * An outcome without names and records: what was returned, which commands got which answers, WARN, DEAD. How often an
 * owner gave the same answer makes no other shape.
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

/** The same of what a call emitted. */
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
  return ({ message, to }, emitted) =>
    `${[message.type, ...(kinds.has(to) ? [kinds.get(to)] : [])].join(' ')}: ${shapeOfEmitted(emitted)}`;
}

const callbackText = ({ ops, command, record, errno }: Callback): string =>
  `${ops} ${command}${record === undefined ? '' : `(${record})`} ${errnoName(errno)}`;

/**
 * The outcome of a call in parts, as the guest reports it too: errno; each callback; WARN; then
 * DEAD, or how each record looks and what runs when its function is called. OOPS alone: the call
 * of a function jumped to nowhere, and there is nobody left to report anything.
 */
export function outcomeOf(emitted: readonly Message[], after: World): readonly string[] {
  if (after.oops) return ['OOPS'];
  return [
    errnoName(errnoOf(emitted)),
    ...callbacksOf(emitted).map(callbackText),
    ...(description(emitted, 'WARN') ? ['WARN'] : []),
    ...(description(emitted, 'DEAD')
      ? ['DEAD']
      : after.records.map((record) => recordText(record, after))),
    ...(after.diesWhenCalled ? ['WARN while looking'] : []),
  ];
}

/** How far the list of ops is walked in the call; a walk costs time under ftrace_lock. */
export const unobservableOf = (emitted: readonly Message[]): readonly string[] =>
  searchesOf(emitted).map(
    ({ record, ops }) => `looks for a direct ops on ${record}, ${ops} ops on the list`,
  );

/** The same for programs. */
export function reportOf(emitted: readonly Message[], after: World): Json {
  return {
    errno: errnoOf(emitted),
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

/** The letters of enabled_functions, in their columns. */
export const flagsText = ({ regs, ipmodify, direct }: RecordView): string =>
  `${regs ? 'R' : '.'}${ipmodify ? 'I' : '.'}${direct ? 'D' : '.'}`;

function recordText(record: RecordView, world: World): string {
  const { number, shown, count, callee } = record;
  if (!shown) return `${number}: (0) ... - ran -`;
  return `${number}: (${count}) ${flagsText(record)} ${callee ?? '-'} ran ${world.ran(record).join() || '-'}`;
}
