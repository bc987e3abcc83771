import { Reactor } from '../../engine/reactor.js';
import type { Tables } from '../../engine/tables.js';
import type { Network } from '../../model/network.js';
import { type Criterion, INTERRUPTED } from '../criterion.js';
import { goesOn } from '../goesOn.js';
import { GuardWatch } from '../guardWatch.js';
import { lookAround } from '../sights.js';
import { sightseeing } from '../sightseeing.js';

const watches = new WeakMap<Network, GuardWatch>();

/** Each guard of each machine, seen to say yes and seen to say no. */
export const criterion: Criterion = {
  counts: 'answers of guards',
  watching: (network) => {
    const watch = new GuardWatch(network);
    watches.set(watch.network, watch);
    return watch.network;
  },
  plan: async (ground) => {
    const { check } = ground;
    const watch = watches.get(check.tables.network)!;
    const all = watch.guards.flatMap(({ machine, name }) =>
      ['no', 'yes'].map((answer) => ({ says: `${machine}: "${name}" says ${answer}` })),
    );
    const sights = await lookAround(check, all, answersIn(check.tables, watch), ground);
    if ('because' in sights) return sights;
    const asked = await askedIn(check.tables, watch, ground.signal);
    if (asked === undefined) return INTERRUPTED;
    const never = all.flatMap(({ says }, sight) => {
      if (sights.first[sight] !== undefined) return [];
      // Whether a call is offered is asked before it is made, and where it is not made.
      return (asked >> BigInt(sight)) & 1n
        ? [`${says}, but in no call: only where it is asked whether one is offered`]
        : [says];
    });
    return { ...sightseeing(ground, sights), never };
  },
};

/** All that guards answered while the network was searched, to calls that are not offered, too. Undefined: interrupted. */
async function askedIn(
  { all }: Tables,
  watch: GuardWatch,
  signal: AbortSignal,
): Promise<bigint | undefined> {
  let asked = 0n;
  for (const table of all)
    for (const state of table.seen.keys()) {
      if (!(await goesOn(signal))) return undefined;
      for (const message of table.messages.keys())
        if (table.known(state, message) !== undefined)
          asked |= bitsOf(watch.during(() => table.repeat(state, message)));
    }
  return asked;
}

/** Bit `2 * guard` for no, and the next one for yes. */
const bitsOf = (answers: ReturnType<GuardWatch['during']>): bigint =>
  answers.reduce((bits, [guard, answer]) => bits | (1n << BigInt(guard * 2 + Number(answer))), 0n);

/** Tells what guards answer in a call, by the state before it and its stimulus. */
function answersIn(tables: Tables, watch: GuardWatch) {
  /** By component: answers by state and message. */
  const known = tables.all.map(() => new Map<string, bigint>());
  const answersOf = (component: number, state: number, message: number): bigint => {
    const key = `${state} ${message}`;
    let answers = known[component]!.get(key);
    if (answers === undefined) {
      answers = bitsOf(watch.during(() => tables.all[component]!.repeat(state, message)));
      known[component]!.set(key, answers);
    }
    return answers;
  };
  let seen = 0n;
  let tried = 0;
  const reactor: Reactor = new Reactor(tables, (component, message) => {
    // Each word of a stimulus is tried before all of them are said.
    if (tried-- > 0) return;
    seen |= answersOf(component, reactor.state[component]!, message);
  });
  return (state: Int32Array, stimulus: number): bigint => {
    seen = 0n;
    tried = tables.stimuli[stimulus]!.length / 2;
    reactor.state.set(state);
    reactor.react(stimulus);
    return seen;
  };
}
