import type { Life, MadeCall } from '../src/domain.js';
import { errnoName } from './events.js';
import { callbacksOf, description, errnoOf } from './outcome.js';
import type { RecordView, World } from './world.js';

/** The lifecycle of a record in a design: its stages, and the events between them. */
export const lifeOf = (design: string): Life<World> => ({
  name: `record in ${design}`,
  part: 'record',
  stages: (world) => world.records.map((record) => stageOf(record, world)),
  events: (made) => made.before.records.map((record) => eventOf(record, made)),
});

/** The stage of a record: one of its four states, or the reason why nothing more of it is observable. */
export const stageOf = (record: RecordView, { dead, crashed, over }: World): string =>
  dead ? 'ftrace is dead' : crashed ? 'the kernel oopsed' : over ? 'func is NULL' : record.state;

/**
 * The label of a call for one record, without names: the call and the kind of its ops, the return value unless 0,
 * and the callbacks to owners. Undefined if the call does not concern the record or has no effect on it.
 */
function eventOf(
  record: RecordView,
  { call, emitted, before, after }: MadeCall<World>,
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

/** The observable state of a record. */
const look = (record: RecordView, world: World) =>
  [stageOf(record, world), record.count, record.regs, record.callee, record.site].join();
