import type { Message, Rule, Step, Stimulus } from '../src/model/network.js';
import { DIRECT_MUTEX, hasLock } from './events.js';
import type { Features } from './features.js';
import type { OpsInput } from './ops/context.js';
import { executorsOf, recordsOf, type Scope } from './scopes.js';
import { ownersOf, type World } from './world.js';

type Addressed = Message & { readonly to: string };

/** Types of calls that an owner with a lock makes under it. */
const LOCKED = ['register', 'unregister', 'modify'];

/** The owners whose lock the caller of `call` holds meanwhile. */
function locksOf(
  { message, to }: Stimulus,
  ops: readonly OpsInput[],
  scope: Scope,
  features: Features,
): readonly string[] {
  const one = ops.find(({ name }) => name === to);
  if (one === undefined || !hasLock(one.owner) || !LOCKED.includes(message.type)) return [];
  return ownersOf(one, features, recordsOf(scope));
}

/** Types of calls that take direct_mutex, and of those that do so if the ops is direct. */
const UNDER_DIRECT_MUTEX = ['register', 'plain register', 'direct add', 'direct del', 'direct mod'];
const UNDER_DIRECT_MUTEX_IF_DIRECT = ['unregister', 'unregister other', 'modify'];

/** Whether the first segment of a call takes direct_mutex. */
function takesDirectMutex(
  { message: { type }, to }: Stimulus,
  ops: readonly OpsInput[],
  { unregisterKeepsDirectMutex, asksOnGrowth, notifiesOnShrink }: Features,
): boolean {
  if (UNDER_DIRECT_MUTEX.includes(type)) return true;
  const kind = ops.find(({ name }) => name === to)?.kind;
  if (kind === 'direct') return UNDER_DIRECT_MUTEX_IF_DIRECT.includes(type);
  if (kind !== 'ipmodify') return false;
  return (
    (type === 'unregister' && unregisterKeepsDirectMutex) ||
    (type === 'add' && asksOnGrowth) ||
    (type === 'remove' && notifiesOnShrink)
  );
}

/**
 * The calls of several callers. A call runs to its end, or to the first point at which another caller can make a
 * difference; `1 goes on` executes the next segment of the call of caller 1. Each caller makes one call at a time, and
 * no two make calls on one ops at the same time.
 */
export function ofCallers(
  calls: readonly Stimulus[],
  ops: readonly OpsInput[],
  scope: Scope,
  features: Features,
): readonly Stimulus[] {
  const executors = executorsOf(scope);
  if (executors.length === 1) return calls;
  return executors.flatMap((by, i) => {
    const others = executors.filter((other) => other !== by);
    return [
      ...calls.map((call) => {
        const holds = locksOf(call, ops, scope, features);
        // A call that holds a lock stops before it takes direct_mutex.
        const needs = holds.length === 0 && takesDirectMutex(call, ops, features);
        return started(call, i + 1, by, others, holds, needs);
      }),
      { description: `${i + 1} goes on`, to: by, message: { type: 'go on' }, also: [need(by)] },
    ];
  });
}

/** Lets a segment begin only if it can take direct_mutex. */
const need = (by: string): Addressed => ({ type: 'needed', to: DIRECT_MUTEX, from: by });

function started(
  { description, call = description, to, message, also = [] }: Stimulus,
  caller: number,
  by: string,
  others: readonly string[],
  holds: readonly string[],
  needs: boolean,
): Stimulus {
  const made: Addressed =
    to === 'ftrace'
      ? { ...message, to: by }
      : { ...message, to, by, ...(holds.length > 0 && { holds: [...holds] }) };
  return {
    description: `${caller}: ${description}`,
    call: `${caller}: ${call}`,
    to: by,
    message: { type: 'begin' },
    also: [
      ...others.map((other): Addressed => ({ type: 'is elsewhere', to: other, ops: to })),
      ...(needs ? [need(by)] : []),
      ...holds.map((owner): Addressed => ({ type: 'lock', to: owner, from: by })),
      made,
      ...also,
      { type: 'settle', to: by },
    ],
  };
}

/** The call that a caller begins, as if there were one caller; undefined if the caller only goes on. */
export function begun({ also = [], ...call }: Stimulus): Stimulus | undefined {
  if (call.message.type !== 'begin') return call.message.type === 'go on' ? undefined : call;
  const made = also.find(({ type }) => !['is elsewhere', 'needed', 'lock'].includes(type))!;
  return { ...call, to: made.to, message: made };
}

/**
 * A rule for one caller, as it applies to several: it is judged in the states in which no call is under way, and of the
 * calls it judges those that run in one piece while no other is under way.
 */
export function whileQuiet(rule: Rule<World>): Rule<World> {
  if (rule.always)
    return { ...rule, always: (world, part) => !world.quiet || rule.always(world, part) };
  if (rule.recoverable)
    return { ...rule, recoverable: (world) => world.quiet && rule.recoverable(world) };
  if (!rule.step) return rule;
  const { step } = rule;
  return {
    ...rule,
    step: (made: Step<World>) => {
      if (!made.before.quiet || !made.after.quiet) return true;
      const call = begun(made.call);
      if (call === undefined) return true;
      const { before, emitted, after, changed, again } = made;
      return step({ before, call, emitted, after, changed, again });
    },
  };
}
