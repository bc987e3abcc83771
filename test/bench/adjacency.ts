import { type ActorLogic, type AnyMachineSnapshot, initialTransition, transition } from 'xstate';
import { getAdjacencyMap } from 'xstate/graph';
import type { Message, Network, Selector, Snapshot, Stimulus } from '../../src/model/network.js';
import { text } from '../networks/bruteForce.js';

/** The snapshots of all machines, in the order of the network's components. */
interface Whole {
  readonly status: 'active';
  readonly output: undefined;
  readonly error: undefined;
  readonly parts: readonly AnyMachineSnapshot[];
}

interface Call {
  readonly type: string;
  readonly stimulus: Stimulus;
}

interface Action {
  readonly type: string;
  readonly params: { readonly event: Message };
}

const whole = (parts: readonly AnyMachineSnapshot[]): Whole => ({
  status: 'active',
  output: undefined,
  error: undefined,
  parts,
});

/** A network as the logic of one actor, whose events are the calls, for xstate/graph. */
export function adjacency<W>(network: Network<W>): { states: number; transitions: number } {
  const { components } = network;
  const index = new Map(components.map(({ name }, i) => [name, i]));
  const handles = (parts: readonly AnyMachineSnapshot[], to: string, message: Message) => {
    const part = parts[index.get(to)!]!;
    return part.status === 'active' && part.machine.getTransitionData(part, message).length > 0;
  };
  const deliver = (parts: AnyMachineSnapshot[], to: string, message: Message): void => {
    if (!handles(parts, to, message)) throw new Error(`${to} cannot hear ${message.type}`);
    const i = index.get(to)!;
    const [next, actions] = transition(components[i]!.machine, parts[i]!, message);
    parts[i] = next;
    for (const { type, params } of actions as readonly Action[])
      if (type === 'xstate.emit' && params.event.to !== undefined)
        deliver(parts, params.event.to, params.event);
  };
  const words = ({ to, message, also = [] }: Stimulus) => [
    { to, message },
    ...also.map((word) => ({ to: word.to, message: word })),
  ];
  const logic: ActorLogic<Whole, Call> = {
    transition: ({ parts }, { stimulus }) => {
      const next = [...parts];
      for (const { to, message } of words(stimulus)) deliver(next, to, message);
      return whole(next);
    },
    getInitialSnapshot: () =>
      whole(components.map(({ machine, input }) => initialTransition(machine, input)[0])),
    getPersistedSnapshot: (snapshot) => snapshot,
  };
  let seen: readonly AnyMachineSnapshot[] = [];
  const world = network.world(
    <V>(name: string, read = (part: Snapshot) => part as V): Selector<V> =>
      () =>
        read(seen[index.get(name)!]! as Snapshot),
  );
  const map = getAdjacencyMap(logic, {
    events: network.stimuli.map((stimulus) => ({ type: stimulus.description, stimulus })),
    filterEvents: ({ parts }, { stimulus }) =>
      words(stimulus).every(({ to, message }) => handles(parts, to, message)),
    serializeState: ({ parts }) => parts.map(text).join('\n'),
    serializeEvent: ({ type }) => type,
    stopWhen: ({ parts }) => {
      seen = parts;
      return network.isTerminal?.(world) ?? false;
    },
  });
  const states = Object.values(map);
  return {
    states: states.length,
    transitions: states.reduce((sum, s) => sum + Object.keys(s.transitions).length, 0),
  };
}
