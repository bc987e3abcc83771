import { type AnyMachineSnapshot, initialTransition, transition } from 'xstate';
import type {
  Component,
  Look,
  Message,
  Network,
  Rule,
  Seen,
  Step,
  Stimulus,
} from '../../src/model/network.js';

/**
 * The dumb oracle: no tables, no packing, no numbers, and no code of the engine. States are texts in a Map, XState
 * answers every message, and each rule is judged by its definition over all states and all calls.
 */
export interface Count {
  readonly states: number;
  /** Pairs of a state and a stimulus that was offered in it, whatever came of it. */
  readonly transitions: number;
  /** Steps to the state that is farthest from the first. */
  readonly depth: number;
}

/** A verdict, the length of a shortest story that shows it, and for `possible` the goals that were missed. */
export interface Ruling {
  readonly id: string;
  readonly verdict: string;
  readonly length?: number | undefined;
  readonly missed?: readonly string[] | undefined;
}

export interface Judgement extends Count {
  readonly rules: readonly Ruling[];
  /** Sorted: the kind, the sentence, and the length of a shortest story. */
  readonly findings: readonly (readonly [kind: string, says: string, length: number])[];
}

/** Told every state once, with the length of the shortest way to it; `world` is valid during the call. */
export type Visit<W> = (world: W, depth: number) => void;

export function bruteForce<W>(network: Network<W>, visit?: Visit<W>): Count {
  return count(network, hearXState, visit);
}

/** The same with a memory of what XState answered, for networks too big to ask it every time. */
export function bruteForceMemo<W>(network: Network<W>, visit?: Visit<W>): Count {
  return count(network, remembering(hearXState), visit);
}

interface Part {
  readonly snapshot: AnyMachineSnapshot;
  readonly text: string;
}
type Heard = { readonly next: Part; readonly said: readonly Message[] } | undefined;
type Hear = (component: Component, part: Part, message: Message) => Heard;
type State = Map<string, Part>;

/** What a stimulus comes to: the next state and the messages to the world, or a finding. */
type Called =
  | { readonly next: State; readonly said: readonly Message[] }
  | { readonly kind: 'unheard' | 'babble'; readonly says: string };

const key = (state: State) => [...state.values()].map(({ text }) => text).join('\n');

/** Delivers depth-first. */
function simulator<W>(network: Network<W>, hear: Hear) {
  const components = new Map(network.components.map((c) => [c.name, c]));
  const answer = (state: State, to: string, message: Message) =>
    hear(components.get(to)!, state.get(to)!, message);
  const deliver = (
    next: State,
    to: string,
    message: Message,
    said: Message[],
    open: readonly string[],
  ): Called => {
    // a delivery that takes place within the same one, in the same state, never ends
    const here = open.length < 20 ? '' : `${key(next)}\n${to} ${JSON.stringify(message)}`;
    if (here !== '' && open.includes(here))
      return { kind: 'babble', says: 'a call that never falls silent' };
    const heard = answer(next, to, message);
    if (heard === undefined)
      return { kind: 'unheard', says: `${to} cannot hear ${message.type} now` };
    next.set(to, heard.next);
    for (const word of heard.said) {
      if (word.to === undefined) said.push(word);
      else {
        const called = deliver(next, word.to, word, said, [...open, here]);
        if ('kind' in called) return called;
      }
    }
    return { next, said };
  };
  return {
    first: new Map(
      network.components.map((c) => [c.name, part(initialTransition(c.machine, c.input)[0])]),
    ) as State,
    /** Undefined: it is not offered. */
    call(from: State, { to, message, also = [] }: Stimulus): Called | undefined {
      const words = [{ to, message }, ...also.map((word) => ({ to: word.to, message: word }))];
      if (!words.every((word) => answer(from, word.to, word.message))) return undefined;
      const [next, said]: [State, Message[]] = [new Map(from), []];
      for (const word of words) {
        const called = deliver(next, word.to, word.message, said, []);
        if ('kind' in called) return called;
      }
      return { next, said };
    },
    /** Reads whatever `state` gives at the time of reading. */
    world: (state: () => State): W =>
      network.world(
        <V>(name: string, read = (seen: Seen) => seen as V): Look<V> =>
          () =>
            read(state().get(name)!.snapshot as Seen),
      ),
  };
}

function count<W>(network: Network<W>, hear: Hear, visit?: Visit<W>): Count {
  const { first, call, world: worldOf } = simulator(network, hear);
  let state = first;
  const world = worldOf(() => state);
  const depths = new Map([[key(first), 0]]);
  const queue = [first];
  let transitions = 0;
  for (const from of queue) {
    state = from;
    const depth = depths.get(key(from))!;
    visit?.(world, depth);
    if (network.ends?.(world)) continue;
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

interface Place<W> {
  readonly state: State;
  readonly world: W;
  readonly depth: number;
  readonly isTerminal: boolean;
  readonly calls: { readonly call: Stimulus; readonly called: Called; readonly to?: Place<W> }[];
}

/** Counts, verdicts of all rules and findings, for small networks: all of it is kept. */
export function judge<W>(network: Network<W>): Judgement {
  const { first, call, world: worldOf } = simulator(network, remembering(hearXState));
  const places = new Map<string, Place<W>>();
  const place = (state: State, depth: number): Place<W> => {
    const known = places.get(key(state));
    if (known) return known;
    const world = worldOf(() => state);
    const isTerminal = network.ends?.(world) ?? false;
    const made: Place<W> = { state, world, depth, isTerminal, calls: [] };
    places.set(key(state), made);
    return made;
  };
  place(first, 0);
  for (const { state, depth, isTerminal, calls } of places.values())
    for (const stimulus of isTerminal ? [] : network.stimuli) {
      const called = call(state, stimulus);
      if (called === undefined) continue;
      const to = 'kind' in called ? {} : { to: place(called.next, depth + 1) };
      calls.push({ call: stimulus, called, ...to });
    }

  const all = [...places.values()];
  const shortest = (lengths: readonly number[]) =>
    lengths.length > 0 ? Math.min(...new Set(lengths)) : undefined;
  const depthsWhere = (holds: (place: Place<W>) => boolean) =>
    all.filter(holds).map(({ depth }) => depth);

  const steps = all.flatMap((from) =>
    from.calls.flatMap(({ call: stimulus, called, to }) =>
      to === undefined || 'kind' in called ? [] : [{ from, stimulus, said: called.said, to }],
    ),
  );
  type Taken = (typeof steps)[number];
  const stepOf = ({ from, stimulus, said, to }: Taken): Step<W> => {
    let state = to.state;
    return {
      before: from.world,
      call: stimulus,
      said,
      after: to.world,
      changed: (name) => from.state.get(name)!.text !== to.state.get(name)!.text,
      again: () => {
        const called = call(state, stimulus);
        if (called === undefined || 'kind' in called) return undefined;
        state = called.next;
        return called.said;
      },
    };
  };
  const lost = (isGood: (world: W) => boolean) => {
    const back = new Set(all.filter(({ world }) => isGood(world)));
    for (let size = -1; size < back.size; ) {
      size = back.size;
      for (const from of all) if (from.calls.some(({ to }) => to && back.has(to))) back.add(from);
    }
    return depthsWhere((from) => !back.has(from) && !from.isTerminal);
  };
  const lengths = (rule: Rule<W>): readonly number[] => {
    const { always, each, step, recoverable } = rule;
    if (step)
      return steps.filter((taken) => !step(stepOf(taken))).map(({ from }) => from.depth + 1);
    if (recoverable) return lost((world) => recoverable(world));
    return depthsWhere(({ world }) =>
      each ? each(world).some((part) => !always!(world, part)) : !always!(world),
    );
  };
  const ruling = (rule: Rule<W>): Ruling => {
    const { id, possible } = rule;
    if (possible === undefined) {
      const length = shortest(lengths(rule));
      return { id, verdict: length === undefined ? 'holds' : 'broken', length };
    }
    const missed = possible.filter((goal) => !all.some(({ world }) => goal.holds(world)));
    if (missed.length === 0) return { id, verdict: 'holds' };
    return { id, verdict: 'broken', missed: missed.map(({ says }) => says) };
  };

  const found = [
    ...all.flatMap(({ depth, calls }) =>
      calls.flatMap(({ called }) =>
        'kind' in called ? [[called.kind, called.says, depth + 1] as const] : [],
      ),
    ),
    ...depthsWhere(({ isTerminal, calls }) => !isTerminal && calls.length === 0).map(
      (depth) => ['deadlock', 'nothing can be done any more', depth] as const,
    ),
  ].sort(([, , one], [, , other]) => one - other);
  return {
    states: all.length,
    transitions: all.reduce((sum, { calls }) => sum + calls.length, 0),
    depth: Math.max(...new Set(all.map(({ depth }) => depth))),
    rules: (network.rules ?? []).map(ruling),
    findings: sorted(
      found.filter((one, i) => found.findIndex(([, says]) => says === one[1]) === i),
    ),
  };
}

/** Findings in one order, whoever made them. */
export const sorted = (findings: Judgement['findings']): Judgement['findings'] =>
  [...findings].sort(([, one], [, other]) => (one < other ? -1 : 1));

/** `raise` stands among the actions too, but has been heard within the transition. */
interface Action {
  readonly type: string;
  readonly params: { readonly event: Message };
}

const hearXState: Hear = ({ machine }, { snapshot }, message) => {
  if (snapshot.status !== 'active') return undefined;
  if (machine.getTransitionData(snapshot, message).length === 0) return undefined;
  const [next, actions] = transition(machine, snapshot, message);
  return {
    next: part(next),
    said: (actions as readonly Action[])
      .filter(({ type }) => type === 'xstate.emit')
      .map(({ params }) => params.event),
  };
};

function remembering(hear: Hear): Hear {
  const memory = new Map<string, Heard>();
  return (component, part, message) => {
    const key = `${component.name}\n${part.text}\n${JSON.stringify(message)}`;
    if (!memory.has(key)) memory.set(key, hear(component, part, message));
    return memory.get(key);
  };
}

const part = (snapshot: AnyMachineSnapshot): Part => ({ snapshot, text: text(snapshot) });

/** All of a snapshot that its future depends on. */
export function text({ value, context, historyValue }: AnyMachineSnapshot): string {
  // the order of remembered nodes is that of entering them, and XState enters them in document order again
  const history = Object.entries(historyValue)
    .map(([id, nodes]) => `${id}: ${nodes.map((n) => n.id).sort()}`)
    .sort();
  return JSON.stringify([value, context, history], inOrder);
}

/** Objects with equal entries shall have equal text, whatever the order they were written in. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
