import type { LivenessRule, Stimulus } from '../../src/model/network.js';
import type { Call, Graph, Place } from './bruteForce.js';

/** The oracle for liveness: by definition, with sets of states that reach each other, and all sets of fair groups. */
export interface PathRuling {
  /** By way of going on or ending: the least number of calls before the loop, or to the end. */
  readonly ends: Readonly<Record<string, number>>;
  /** Whether a path that goes on for ever breaks the rule, fair or not. */
  readonly loopsUnfairly: boolean;
  /** Whether `from` is true anywhere. */
  readonly isTriggered: boolean;
}

/** A state of a graph, and the sets of it that matter here. */
type States<W> = ReadonlySet<Place<W>>;

interface Group {
  readonly has: (stimulus: Stimulus) => boolean;
  readonly isWeak: boolean;
}

const groupsOf = <W>(rule: LivenessRule<W>, stimuli: readonly Stimulus[]): Group[] =>
  (['weak', 'strong'] as const).flatMap((kind) => {
    const nameOf = (stimulus: Stimulus) => rule.fair?.[kind]?.(stimulus);
    const names = new Set(stimuli.map(nameOf).filter((name) => name !== undefined));
    return [...names].map((name) => ({
      has: (stimulus: Stimulus) => nameOf(stimulus) === name,
      isWeak: kind === 'weak',
    }));
  });

const leads = <W>({ calls }: Place<W>): Call<W>[] => calls.filter(({ to }) => to !== undefined);
const enables = <W>(group: Group, place: Place<W>) =>
  leads(place).some(({ stimulus }) => group.has(stimulus));

/** All states that calls within `inside` lead to, one call or more, from a state. */
function onward<W>(from: Place<W>, inside: States<W>): States<W> {
  const reached = new Set<Place<W>>();
  const visit = (place: Place<W>) => {
    for (const { to } of leads(place))
      if (inside.has(to!) && !reached.has(to!)) {
        reached.add(to!);
        visit(to!);
      }
  };
  visit(from);
  return reached;
}

export function pathRuling<W>(
  graph: Graph<W>,
  rule: LivenessRule<W>,
  stimuli: readonly Stimulus[],
): PathRuling {
  const { leadsTo, eventually } = rule;
  const isGood = ({ world }: Place<W>) => (leadsTo ? leadsTo.to(world) : eventually!(world));
  const isFrom = (one: Place<W>) => (leadsTo ? leadsTo.from(one.world) : one === graph.start);
  const pending: States<W> = new Set(graph.all.filter((one) => !isGood(one)));
  /** By state: the least number of calls after which a path can be pending there. */
  const distances = new Map<Place<W>, number>();
  for (let changes = true; changes; ) {
    changes = false;
    const improve = (one: Place<W>, distance: number) => {
      if ((distances.get(one) ?? Number.POSITIVE_INFINITY) <= distance) return;
      distances.set(one, distance);
      changes = true;
    };
    for (const one of pending) if (isFrom(one)) improve(one, one.depth);
    for (const [one, distance] of distances)
      for (const { to } of leads(one)) if (pending.has(to!)) improve(to!, distance + 1);
  }
  const groups = groupsOf(rule, stimuli);
  const least = (states: Iterable<Place<W>>) =>
    Math.min(...Array.from(states, (one) => distances.get(one) ?? Number.POSITIVE_INFINITY));
  const waiting = [...distances.keys()];
  const fair = waiting.filter((one) => isOnFairLoop(one, pending, groups));
  const ends = {
    loop: least(fair),
    'terminal state': least(waiting.filter(({ isTerminal }) => isTerminal)),
    deadlock: least(waiting.filter(({ isTerminal, calls }) => !isTerminal && calls.length === 0)),
    'failed call':
      least(waiting.filter(({ calls }) => calls.some(({ to }) => to === undefined))) + 1,
  };
  return {
    ends: Object.fromEntries(Object.entries(ends).filter(([, length]) => Number.isFinite(length))),
    loopsUnfairly: waiting.some((one) => onward(one, pending).has(one)),
    isTriggered: graph.all.some(isFrom),
  };
}

/** The states of a set that a state reaches within it and that reach it, if it lies on a loop in the set. */
function around<W>(one: Place<W>, inside: States<W>): States<W> {
  const reached = onward(one, inside);
  if (!inside.has(one) || !reached.has(one)) return new Set();
  return new Set([...reached].filter((other) => onward(other, inside).has(one)));
}

/**
 * Whether a fair loop within the set leads through this state. Such a loop never enables some strongly fair groups and
 * takes the others, so every set of groups is tried.
 */
function isOnFairLoop<W>(one: Place<W>, states: States<W>, groups: readonly Group[]): boolean {
  const strong = groups.filter(({ isWeak }) => !isWeak);
  for (let chosen = 0; chosen < 2 ** strong.length; chosen++) {
    const off = strong.filter((_, i) => (chosen & (1 << i)) !== 0);
    const open = [...states].filter((other) => !off.some((group) => enables(group, other)));
    const loop = around(one, new Set(open));
    const isMet = (group: Group) =>
      [...loop].some((other) =>
        leads(other).some(
          ({ to, stimulus }) =>
            loop.has(to!) && (group.has(stimulus) || (group.isWeak && !enables(group, other))),
        ),
      );
    if (loop.size > 0 && groups.every((group) => off.includes(group) || isMet(group))) return true;
  }
  return false;
}
