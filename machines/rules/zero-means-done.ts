import type { Rule, Step } from '../../src/model/network.js';
import { errnoOf, hasReturned } from '../outcome.js';
import type { OpsView, World } from '../world.js';

export const rule: Rule<World> = {
  id: 'zero-means-done',
  description:
    'A call that returns 0 did its whole job: it registered or unregistered its ops, or changed the filter, notrace entries or trampoline of the ops, and updated the table of direct functions.',
  source: 'taken for granted by every caller of register',
  step: (step) => !hasReturned(step.emitted) || errnoOf(step.emitted) !== 0 || isDone(step),
};

function isDone({ before, call: { to, message }, after }: Step<World>): boolean {
  if (message.type === 'ftrace_enabled') return after.off !== message.on;
  const was = before.named(to)!;
  const is = after.named(to)!;
  const records = (message.records ?? []) as readonly number[];
  const has = (r: number) => is.filter.includes(r);
  const hasEntry = (r: number) => after.record(r).entry?.startsWith(`${to}.`) === true;
  switch (message.type) {
    case 'register':
      return is.enabled && was.filter.every((r) => has(r) && (is.kind !== 'direct' || hasEntry(r)));
    case 'plain register':
      return is.enabled;
    case 'unregister':
    case 'unregister other':
      return !is.enabled && !was.filter.some(hasEntry);
    case 'plain unregister':
      return !is.enabled;
    case 'add':
      return records.every(has);
    case 'direct add':
      return is.enabled && records.every((r) => has(r) && hasEntry(r));
    case 'remove':
      return !records.some(has);
    case 'direct del':
    case 'direct del other':
      return countOf(is, records) === countOf(was, records) - records.length;
    case 'preset':
    case 'reset':
    case 'script':
      return true;
    case 'modify':
      return is.filter.every((r) => isOther(before, after, r));
    case 'direct mod':
      return records.every((r) => hasEntry(r) && isOther(before, after, r));
    // notrace
    default:
      return is.notrace.join() === records.join();
  }
}

/** How often these records are in the filter of an ops. */
const countOf = ({ filter }: OpsView, records: readonly number[]): number =>
  filter.filter((r) => records.includes(r)).length;

/** modify changes existing entries only; a record that was added to the filter of a live ops has none. */
const isOther = (before: World, after: World, record: number) =>
  before.record(record).entry === null ||
  after.record(record).entry !== before.record(record).entry;
