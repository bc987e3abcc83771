import { callbacksOf, flagsText, outcomeOf } from '../../machines/outcome.js';
import type { RecordSeen, World } from '../../machines/world.js';
import { type Played, play } from '../engine/story.js';
import type { Tables } from '../engine/tables.js';
import type { Look, Step } from '../review/step.js';

/** A path as a review tells it; with what only the model knows of each call where that is asked for. */
export const reviewSteps = (
  tables: Tables<World>,
  path: readonly number[],
  unseen: boolean,
): readonly Step[] =>
  Array.from(play(tables, path), (played) => ({
    ...stepOf(played),
    aside: unseen ? (tables.network.unseen?.(played.said) ?? []) : [],
  }));

/** The parts of an outcome, told apart: what it is returned, who was asked, what happened, how functions look. */
function stepOf({ stimulus, said, before, after }: Played<World>): Omit<Step, 'aside'> {
  const [returned = '', ...parts] = outcomeOf(said, after);
  const owners = parts.slice(0, after.oops ? 0 : callbacksOf(said).length);
  const isSeen = !after.dead && !after.oops;
  return {
    call: stimulus.says,
    returned,
    owners,
    events: parts.slice(owners.length).filter((part) => !isSeen || !/^\d+: /.test(part)),
    functions: isSeen
      ? after.records.map((record, i) => ({
          number: record.number,
          now: lookOf(record, after),
          before: lookOf(before.records[i]!, before),
        }))
      : [],
  };
}

function lookOf(record: RecordSeen, world: World): Look {
  const { shown, count, callee } = record;
  if (!shown) return { count: '0', flags: '...', direct: '-', ran: '-' };
  const ran = world.ran(record).join() || '-';
  return { count: String(count), flags: flagsText(record), direct: callee ?? '-', ran };
}
