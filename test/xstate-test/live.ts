import { inspect } from 'node:util';
import { type AnyStateMachine, createActor, type EventObject } from 'xstate';

/** A live actor after these events, which are not checked. */
export function after(machine: AnyStateMachine, events: readonly EventObject[]) {
  const actor = createActor(machine).start();
  for (const event of events) actor.send(event);
  return actor;
}

/** The state of a live actor, with its history. */
export const stateOf = (actor: ReturnType<typeof after>): string => {
  const { value, context, historyValue } = actor.getSnapshot();
  const history = Object.values(historyValue as Record<string, { id: string }[]>).map((nodes) =>
    nodes.map(({ id }) => id).sort(),
  );
  return inspect([value, context, history], { depth: null, sorted: true });
};

/** The transitions that live actors take on these paths, each as `state, event`. */
export function takenBy(machine: AnyStateMachine, ways: readonly (readonly EventObject[])[]) {
  const taken = new Set<string>();
  for (const way of ways)
    for (const [i, event] of way.entries())
      taken.add(`${stateOf(after(machine, way.slice(0, i)))} ${inspect(event)}`);
  return taken;
}

/** All transitions, by trying every path on a live actor until it reaches a known state. */
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
