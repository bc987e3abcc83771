import type { Json, Message, Stimulus } from '../../src/model/network.js';
import { errnoName } from '../events.js';
import { description, errnoOf, flagsText, shapeOfEmitted } from '../outcome.js';
import type { RecordView } from '../world.js';
import type { ClientWorld, Ran } from './world.js';

/**
 * The outcome of an action in parts, in the format of the guest: errno; WARN; then DEAD, or the facts about clients, and
 * for each function its line of enabled_functions and, if the functions were called, the names that ran in one call, the
 * body first. PANIC or OOPS stands alone, because
 * the kernel ends when the guest calls the function, before the guest reports anything.
 */
export function outcomeOf(emitted: readonly Message[], after: ClientWorld): readonly string[] {
  const { ended } = after;
  if (ended !== undefined && ended !== 'DEAD') return [ended];
  return [
    errnoName(errnoOf(emitted)),
    ...(description(emitted, 'WARN') ? ['WARN'] : []),
    ...(ended
      ? [ended]
      : [...after.notes, ...after.records.map((record) => recordText(record, after))]),
  ];
}

/** The break class of an action: its type, its client or program, and the shape of its outcome. */
export const breakClassOf = ({ message, to }: Stimulus, emitted: readonly Message[]): string =>
  `${message.type} ${'program' in message ? message.program : to}: ${description(emitted, 'OOPS') ? 'OOPS' : shapeOfEmitted(emitted)}`;

/** The outcome of an action as JSON. */
export function reportOf(emitted: readonly Message[], after: ClientWorld): Json {
  return {
    errno: errnoOf(emitted),
    warned: description(emitted, 'WARN'),
    dead: after.ended === 'DEAD',
    panics: after.ended === 'PANIC',
    oopses: after.ended === 'OOPS',
    ...(after.notes.length > 0 && { notes: after.notes }),
    records: after.records.map((record) => ({
      record: record.number,
      state: record.state,
      count: record.count,
      R: record.regs,
      I: record.ipmodify,
      D: record.direct,
      direct: after.callee(record),
      ...(after.hasCalled && { ran: ranText(after.ran(record)) }),
    })),
  };
}

function recordText(record: RecordView, world: ClientWorld): string {
  const { number, shown, count } = record;
  const look = shown ? `(${count}) ${flagsText(record)} ${world.trampoline(record)}` : '(0) ... -';
  const ran = world.hasCalled ? ` ran ${ranText(world.ran(record)).join()}` : '';
  return `${number}: ${look}${ran}`;
}

/** The body that ran, then the hits, as `NAME*2` for a name that was hit twice. */
const ranText = ({ body, hits }: Ran): readonly string[] => [
  body,
  ...[...new Set(hits)].map((name) => {
    const times = hits.filter((hit) => hit === name).length;
    return times === 1 ? name : `${name}*${times}`;
  }),
];
