import { type AnyMachineSnapshot, initialTransition, transition } from 'xstate';
import type { Component, Look, Message, Network, Seen } from '../../src/model/network.js';

/** The dumb oracle: no tables, no packing, no numbers; states are texts in a Map, delivery asks XState. */
export interface Count {
  readonly states: number;
  /** Pairs of a state and a stimulus that was offered in it, whatever came of it. */
  readonly transitions: number;
  /** Steps to the state that is farthest from the first. */
  readonly depth: number;
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

function count<W>(network: Network<W>, hear: Hear, visit?: Visit<W>): Count {
  const components = new Map(network.components.map((c) => [c.name, c]));
  const answer = (state: State, to: string, message: Message) =>
    hear(components.get(to)!, state.get(to)!, message);
  const deliver = (state: State, to: string, message: Message): boolean => {
    const heard = answer(state, to, message);
    if (heard === undefined) return false;
    state.set(to, heard.next);
    return heard.said.every((word) => word.to === undefined || deliver(state, word.to, word));
  };

  let state: State = new Map(
    network.components.map((c) => [c.name, part(initialTransition(c.machine, c.input)[0])]),
  );
  const world = network.world(
    <V>(name: string, read = (seen: Seen) => seen as V): Look<V> =>
      () =>
        read(state.get(name)!.snapshot as Seen),
  );
  const key = (s: State) => [...s.values()].map((p) => p.text).join('\n');
  const depths = new Map([[key(state), 0]]);
  const queue = [state];
  let transitions = 0;
  for (const from of queue) {
    state = from;
    const depth = depths.get(key(from))!;
    visit?.(world, depth);
    if (network.ends?.(world)) continue;
    for (const { to, message, also = [] } of network.stimuli) {
      const words = [{ to, message }, ...also.map((word) => ({ to: word.to, message: word }))];
      if (!words.every((word) => answer(from, word.to, word.message))) continue;
      transitions++;
      const next = new Map(from);
      if (!fallsSilent(() => words.every((word) => deliver(next, word.to, word.message)))) continue;
      if (depths.has(key(next))) continue;
      depths.set(key(next), depth + 1);
      queue.push(next);
    }
  }
  return { states: depths.size, transitions, depth: Math.max(...new Set(depths.values())) };
}

/** Depth-first talk without end nests without end, so the stack tells. */
function fallsSilent(talk: () => boolean): boolean {
  try {
    return talk();
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

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
  const history = Object.entries(historyValue).map(([id, nodes]) => [id, nodes.map((n) => n.id)]);
  return JSON.stringify([value, context, history], inOrder);
}

/** Objects with equal entries shall have equal text, whatever the order they were written in. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
