import { inspect } from 'node:util';
import { type AnyMachineSnapshot, initialTransition, transition } from 'xstate';
import type {
  Component,
  Message,
  Network,
  Rule,
  Selector,
  Snapshot,
  Step,
  Stimulus,
} from '../../src/model/network.js';

/**
 * The brute-force oracle: no tables, no packing, no state numbers, and no code of the engine. States are texts in a
 * Map, XState computes every transition, and each rule is judged by its definition over all states and all calls.
 */
export interface Count {
  readonly states: number;
  /** The number of pairs of a state and a stimulus enabled in it, failing calls included. */
  readonly transitions: number;
  /** The number of steps to the state farthest from the first. */
  readonly depth: number;
}

/**
 * A verdict, and the length of a shortest story that shows it; for `possible` the goals not reached, for other rules
 * the break classes.
 */
export interface Ruling {
  readonly id: string;
  readonly verdict: string;
  readonly length?: number | undefined;
  readonly missed?: readonly string[] | undefined;
  /**
   * By name: the number of transitions that break the rule, and the length of a shortest story; '': the first state
   * breaks it.
   */
  readonly classes?: Readonly<Record<string, readonly [transitions: number, length: number]>>;
}

export interface Judgement extends Count {
  /** States in which each component that receives stimuli is done. */
  readonly terminated: number;
  readonly rules: readonly Ruling[];
  /** Sorted: the kind, the description, and the length of a shortest story. */
  readonly findings: readonly (readonly [kind: string, description: string, length: number])[];
}

/** Called once for every state, with the length of a shortest path to it; `world` is valid during the call. */
export type Visit<W> = (world: W, depth: number) => void;

export function bruteForce<W>(network: Network<W>, visit?: Visit<W>): Count {
  return count(network, hearXState, visit);
}

/** The same with a cache of XState's results, for bigger networks. */
export function bruteForceMemo<W>(network: Network<W>, visit?: Visit<W>): Count {
  return count(network, remembering(hearXState), visit);
}

interface Part {
  readonly snapshot: AnyMachineSnapshot;
  readonly text: string;
}
type Heard = { readonly next: Part; readonly emitted: readonly Message[] } | undefined;
type OnDelivery = (component: Component, part: Part, message: Message) => Heard;
type State = Map<string, Part>;

/** The result of a stimulus: the next state and the messages to the world, or a finding. */
type Called =
  | { readonly next: State; readonly emitted: readonly Message[] }
  | { readonly kind: 'unhandled' | 'livelock'; readonly description: string };

const key = (state: State) => [...state.values()].map(({ text }) => text).join('\n');

/** Delivers depth-first. */
function simulator<W>(network: Network<W>, onDelivery: OnDelivery) {
  const components = new Map(network.components.map((c) => [c.name, c]));
  const answer = (state: State, to: string, message: Message) =>
    onDelivery(components.get(to)!, state.get(to)!, message);
  const deliver = (
    next: State,
    to: string,
    message: Message,
    emitted: Message[],
    open: readonly string[],
  ): Called => {
    // A delivery inside an equal one, in the same state, never ends.
    const here = open.length < 20 ? '' : `${key(next)}\n${to} ${JSON.stringify(message)}`;
    if (here !== '' && open.includes(here))
      return { kind: 'livelock', description: 'a call that never reaches quiescence' };
    const response = answer(next, to, message);
    if (response === undefined)
      return {
        kind: 'unhandled',
        description: `${to} has no transition for ${message.type} in this state`,
      };
    next.set(to, response.next);
    for (const word of response.emitted) {
      if (word.to === undefined) emitted.push(word);
      else {
        const called = deliver(next, word.to, word, emitted, [...open, here]);
        if ('kind' in called) return called;
      }
    }
    return { next, emitted };
  };
  return {
    first: new Map(
      network.components.map((c) => [c.name, part(initialTransition(c.machine, c.input)[0])]),
    ) as State,
    /** Undefined: the stimulus is disabled. */
    call(from: State, { to, message, also = [] }: Stimulus): Called | undefined {
      const words = [{ to, message }, ...also.map((word) => ({ to: word.to, message: word }))];
      if (!words.every((word) => answer(from, word.to, word.message))) return undefined;
      const [next, emitted]: [State, Message[]] = [new Map(from), []];
      for (const word of words) {
        const called = deliver(next, word.to, word.message, emitted, []);
        if ('kind' in called) return called;
      }
      return { next, emitted };
    },
    /** Reads the value of `state` at the time of the read. */
    world: (state: () => State): W =>
      network.world(
        <V>(name: string, read = (seen: Snapshot) => seen as V): Selector<V> =>
          () =>
            read(state().get(name)!.snapshot as Snapshot),
      ),
  };
}

function count<W>(network: Network<W>, onDelivery: OnDelivery, visit?: Visit<W>): Count {
  const { first, call, world: worldOf } = simulator(network, onDelivery);
  let state = first;
  const world = worldOf(() => state);
  const depths = new Map([[key(first), 0]]);
  const queue = [first];
  let transitions = 0;
  for (const from of queue) {
    state = from;
    const depth = depths.get(key(from))!;
    visit?.(world, depth);
    if (network.isTerminal?.(world)) continue;
    for (const stimulus of network.stimuli) {
      const called = call(from, stimulus);
      if (called === undefined) continue;
      transitions++;
      if ('kind' in called || depths.has(key(called.next))) continue;
      depths.set(key(called.next), depth + 1);
      queue.push(called.next);
    }
  }
  return { states: depths.size, transitions, depth: Math.max(...new Set(depths.values())) };
}

export interface Place<W> {
  readonly state: State;
  readonly world: W;
  readonly depth: number;
  readonly isTerminated: boolean;
  readonly isTerminal: boolean;
  readonly calls: Call<W>[];
}

/** A stimulus enabled in a state; it leads to another state, or is a finding. */
export interface Call<W> {
  readonly from: Place<W>;
  readonly stimulus: Stimulus;
  readonly called: Called;
  readonly to: Place<W> | undefined;
}

export interface Judged extends Judgement {
  /** Whether these stimuli, by number, end with a broken rule (by id), or with a finding (by its description). */
  shows(what: string, path: readonly number[]): boolean;
}

/** All states and transitions of a network. */
export interface Graph<W> {
  readonly start: Place<W>;
  readonly all: readonly Place<W>[];
  readonly calls: readonly Call<W>[];
  /** Executes a stimulus; undefined if it is disabled. */
  call(from: State, stimulus: Stimulus): Called | undefined;
}

export function graphOf<W>(network: Network<W>): Graph<W> {
  const { first, call, world: worldOf } = simulator(network, remembering(hearXState));
  const places = new Map<string, Place<W>>();
  const receivers = new Set(
    network.stimuli.flatMap(({ to, also = [] }) => [to, ...also.map((word) => word.to)]),
  );
  const place = (state: State, depth: number): Place<W> => {
    const known = places.get(key(state));
    if (known) return known;
    const world = worldOf(() => state);
    const isTerminated =
      receivers.size > 0 &&
      [...receivers].every((name) => state.get(name)!.snapshot.status === 'done');
    const isTerminal = isTerminated || (network.isTerminal?.(world) ?? false);
    const made: Place<W> = { state, world, depth, isTerminated, isTerminal, calls: [] };
    places.set(key(state), made);
    return made;
  };
  const start = place(first, 0);
  for (const from of places.values())
    for (const stimulus of from.isTerminal ? [] : network.stimuli) {
      const called = call(from.state, stimulus);
      if (called === undefined) continue;
      const to = 'kind' in called ? undefined : place(called.next, from.depth + 1);
      from.calls.push({ from, stimulus, called, to });
    }
  const all = [...places.values()];
  return { start, all, calls: all.flatMap((from) => from.calls), call };
}

function stepOf<W>(
  { call }: Graph<W>,
  { from, stimulus, called, to }: Call<W>,
): Step<W> | undefined {
  if (to === undefined || 'kind' in called) return undefined;
  let state = to.state;
  return {
    before: from.world,
    call: stimulus,
    emitted: called.emitted,
    after: to.world,
    changed: (name) => from.state.get(name)!.text !== to.state.get(name)!.text,
    again: () => {
      const more = call(state, stimulus);
      if (more === undefined || 'kind' in more) return undefined;
      state = more.next;
      return more.emitted;
    },
  };
}

/** The states from which no good state is reachable: searches backwards until no state is added. */
function lost<W>({ all, calls }: Graph<W>, isGood: (world: W) => boolean): Place<W>[] {
  const back = new Set(all.filter(({ world }) => isGood(world)));
  for (let size = -1; size < back.size; ) {
    size = back.size;
    for (const { from, to } of calls) if (to && back.has(to)) back.add(from);
  }
  return all.filter((one) => !back.has(one) && !one.isTerminal);
}

/** The states or calls that break a rule. */
function broken<W>(
  graph: Graph<W>,
  { always, each, step, recoverable }: Rule<W>,
): Set<Place<W> | Call<W>> {
  const holds = (world: W) =>
    each ? each(world).every((part) => always!(world, part)) : always!(world);
  if (always) return new Set(graph.all.filter(({ world }) => !holds(world)));
  if (recoverable) return new Set(lost(graph, (world) => recoverable(world)));
  return new Set(
    graph.calls.filter((taken) => {
      const made = stepOf(graph, taken);
      return made && !step!(made);
    }),
  );
}

/** The calls that break a rule which held before them. */
function breaking<W>(
  { calls }: Graph<W>,
  rule: Rule<W>,
  where: ReadonlySet<Place<W> | Call<W>>,
): Call<W>[] {
  if (rule.step) return calls.filter((one) => where.has(one));
  const parts = ({ world }: Place<W>): readonly boolean[] =>
    rule.each!(world).map((part) => rule.always!(world, part));
  return calls.filter(({ from, to }) => {
    if (to === undefined || !where.has(to)) return false;
    if (!rule.each) return !where.has(from);
    const before = parts(from);
    return parts(to).some((holds, i) => !holds && before[i]);
  });
}

/** The break classes of a rule, each with its number of calls and the length of its shortest story. */
function classesOf<W>(graph: Graph<W>, rule: Rule<W>, where: ReadonlySet<Place<W> | Call<W>>) {
  const classes: Record<string, readonly [number, number]> = where.has(graph.start)
    ? { '': [1, 0] }
    : {};
  for (const { from, stimulus, called } of breaking(graph, rule, where)) {
    const types = new Set('emitted' in called ? called.emitted.map(({ type }) => type) : []);
    const name = `${stimulus.message.type}: ${[...types].join(', ') || 'nothing emitted'}`;
    const [count, length] = classes[name] ?? [0, Number.POSITIVE_INFINITY];
    classes[name] = [count + 1, Math.min(length, from.depth + 1)];
  }
  return classes;
}

/** The counts, verdicts and findings of a small network; keeps all transitions. */
export function monitor<W>(network: Network<W>): Judged {
  const graph = graphOf(network);
  const { start, all, calls } = graph;
  const shown = new Map<string, Set<Place<W> | Call<W>>>();
  const shortest = (what: string) => {
    const lengths = Array.from(shown.get(what)!, (one) =>
      'from' in one ? one.from.depth + 1 : one.depth,
    );
    return lengths.length > 0 ? Math.min(...lengths) : undefined;
  };
  const ruling = (rule: Rule<W>): Ruling => {
    const { id, possible } = rule;
    if (possible === undefined) {
      const where = broken(graph, rule);
      shown.set(id, where);
      const length = shortest(id);
      if (length === undefined) return { id, verdict: 'holds' };
      return { id, verdict: 'broken', length, classes: classesOf(graph, rule, where) };
    }
    const missed = possible.filter((goal) => !all.some(({ world }) => goal.holds(world)));
    if (missed.length === 0) return { id, verdict: 'holds' };
    return { id, verdict: 'broken', missed: missed.map(({ description }) => description) };
  };
  const kinds = new Map<string, string>();
  const find = (kind: string, description: string, where: Place<W> | Call<W>) => {
    kinds.set(description, kind);
    shown.set(description, (shown.get(description) ?? new Set()).add(where));
  };
  for (const one of calls)
    if ('kind' in one.called) find(one.called.kind, one.called.description, one);
  for (const one of all)
    if (!one.isTerminal && one.calls.length === 0) find('deadlock', 'no stimulus is enabled', one);

  return {
    states: all.length,
    transitions: calls.length,
    terminated: all.filter(({ isTerminated }) => isTerminated).length,
    depth: Math.max(...new Set(all.map(({ depth }) => depth))),
    rules: (network.rules ?? []).map(ruling),
    findings: sorted(
      [...kinds].map(([description, kind]) => [kind, description, shortest(description)!]),
    ),
    shows: (what, path) => {
      let end: Place<W> | undefined = start;
      let last: Call<W> | undefined;
      for (const n of path) {
        last = end?.calls.find(({ stimulus }) => stimulus === network.stimuli[n]);
        if (last === undefined) return false;
        end = last.to;
      }
      const where = shown.get(what)!;
      return (end !== undefined && where.has(end)) || (last !== undefined && where.has(last));
    },
  };
}

/** Findings in a common order. */
export const sorted = (findings: Judgement['findings']): Judgement['findings'] =>
  [...findings].sort(([, one], [, other]) => (one < other ? -1 : 1));

/** `raise` is among the actions, too, but was handled within the transition. */
interface Action {
  readonly type: string;
  readonly params: { readonly event: Message };
}

const hearXState: OnDelivery = ({ machine }, { snapshot }, message) => {
  if (snapshot.status !== 'active') return undefined;
  if (machine.getTransitionData(snapshot, message).length === 0) return undefined;
  const [next, actions] = transition(machine, snapshot, message);
  return {
    next: part(next),
    emitted: (actions as readonly Action[])
      .filter(({ type }) => type === 'xstate.emit')
      .map(({ params }) => params.event),
  };
};

function remembering(onDelivery: OnDelivery): OnDelivery {
  const memory = new Map<string, Heard>();
  return (component, part, message) => {
    const key = `${component.name}\n${part.text}\n${JSON.stringify(message)}`;
    if (!memory.has(key)) memory.set(key, onDelivery(component, part, message));
    return memory.get(key);
  };
}

const part = (snapshot: AnyMachineSnapshot): Part => ({ snapshot, text: text(snapshot) });

/**
 * Everything in a snapshot that its future depends on, as Node.js prints it for debugging: the order of keys,
 * undefined, -0.
 */
export function text({ value, context, historyValue, output }: AnyMachineSnapshot): string {
  // XState lists history nodes in the order of entry, but enters them again in document order.
  const history = Object.entries(historyValue)
    .map(([id, nodes]) => `${id}: ${nodes.map((n) => n.id).sort()}`)
    .sort();
  return inspect([value, context, history, output], {
    depth: Number.POSITIVE_INFINITY,
    maxArrayLength: Number.POSITIVE_INFINITY,
    maxStringLength: Number.POSITIVE_INFINITY,
    breakLength: Number.POSITIVE_INFINITY,
    showHidden: true,
  });
}
