import type { Message, Stimulus } from '../src/model/network.js';
import { errnoName } from './events.js';
import { callbacksOf, description, errnoOf } from './outcome.js';
import type { RecordView, World } from './world.js';

/** One call, in its two worlds. */
interface MadeCall {
  readonly call: Stimulus;
  readonly emitted: readonly Message[];
  readonly before: World;
  readonly after: World;
}

/** The life of a record in a design. */
export const lifeOf = (design: string) => ({
  name: `record in ${design}`,
  stages: (world: World) => world.records.map((record) => stageOf(record, world)),
  events: (made: MadeCall) => made.before.records.map((record) => eventOf(record, made)),
});

/** Where a record is in its life: in one of its four states, unless nothing more is to be seen of it. */
export const stageOf = (record: RecordView, { dead, over }: World): string =>
  dead ? 'ftrace is dead' : over ? 'func is NULL' : record.state;

/**
 * A call as it is for one record: what is called on what kind of ops, what it returns unless 0, and
 * what owners were asked; without names. Undefined if it is not about the record, or comes to nothing there.
 */
function eventOf(
  record: RecordView,
  { call, emitted, before, after }: MadeCall,
): string | undefined {
  const { message, to } = call;
  const ops = before.named(to);
  const errno = errnoOf(emitted);
  const named = (message.records ?? message.order ?? []) as readonly number[];
  const about = named.length === 0 ? (ops?.filter ?? []) : named;
  const isRefused = errno !== 0 && about.includes(record.number);
  if (!isRefused && look(record, before) === look(after.record(record.number), after))
    return undefined;
  const asked = new Set(callbacksOf(emitted).map((c) => `${c.command} ${errnoName(c.errno)}`));
  const what = ops === undefined ? message.type : `${message.type} ${ops.kind}`;
  const outcome = [
    ...(errno === 0 ? [] : [errnoName(errno)]),
    ...asked,
    ...(description(emitted, 'WARN') ? ['WARN'] : []),
  ];
  return outcome.length === 0 ? what : `${what}: ${outcome.join(', ')}`;
}

/** All that can be seen of a record. */
const look = (record: RecordView, world: World) =>
  [stageOf(record, world), record.count, record.regs, record.callee, record.site].join();
