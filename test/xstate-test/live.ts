import { inspect } from 'node:util';
import { type AnyStateMachine, createActor, type EventObject } from 'xstate';

/** A live actor after these events; what they may be is not checked. */
export function after(machine: AnyStateMachine, events: readonly EventObject[]) {
  const actor = createActor(machine).start();
  for (const event of events) actor.send(event);
  return actor;
}

/** What a live actor is in, its history with it. */
export const stateOf = (actor: ReturnType<typeof after>): string => {
  const { value, context, historyValue } = actor.getSnapshot();
  const history = Object.values(historyValue as Record<string, { id: string }[]>).map((nodes) =>
    nodes.map(({ id }) => id).sort(),
  );
  return inspect([value, context, history], { depth: null, sorted: true });
};

/** The transitions that live actors take on these ways, each as `state, event`. */
export function takenBy(machine: AnyStateMachine, ways: readonly (readonly EventObject[])[]) {
  const taken = new Set<string>();
  for (const way of ways)
    for (const [i, event] of way.entries())
      taken.add(`${stateOf(after(machine, way.slice(0, i)))} ${inspect(event)}`);
  return taken;
}

/** All transitions there are: every way is tried on a live actor until it comes to a state that is known. */
export function allOf(machine: AnyStateMachine, events: readonly EventObject[]) {
  const known = new Set([stateOf(after(machine, []))]);
  const ways: EventObject[][] = [[]];
  const all = new Set<string>();
  for (const way of ways)
    for (const event of events) {
      const actor = after(machine, way);
      if (machine.getTransitionData(actor.getSnapshot(), event).length === 0) continue;
      all.add(`${stateOf(actor)} ${inspect(event)}`);
      actor.send(event);
      const state = stateOf(actor);
      if (known.has(state)) continue;
      known.add(state);
      ways.push([...way, event]);
    }
  return all;
}
