import type { SuccessorGraph } from '../store/successorGraph.js';
import { Components } from './components.js';
import { type FairnessGroups, GroupTally } from './fairnessGroups.js';

/**
 * Finds the states on loops that stay in a set of states and are fair. Returns the component of each such state, a
 * number above 0: a loop through all states and transitions of a component is fair. Other states get 0.
 *
 * Without strong fairness this decides generalized Buechi emptiness, one component at a time. With it, a component
 * that enables a group and never takes it loses the states that enable the group, and what remains is split again
 * (Streett emptiness: Emerson and Lei 1987).
 */
export function fairLoops(
  graph: SuccessorGraph,
  size: number,
  states: Int32Array,
  fair: FairnessGroups,
): Int32Array {
  const components = new Components(graph, size, states.length);
  const { region } = components;
  const tally = new GroupTally(fair, graph);
  const isStrong = fair.groups.some(({ fairness }) => fairness === 'strong');
  const pieces = [states];
  const judge = (component: Int32Array) => {
    const first = component[0]!;
    let rest: Int32Array | undefined;
    if (component.length > 1 || components.staysIn(first)) {
      if (fair.groups.length === 0) return;
      const own = region[first];
      tally.clear();
      for (const state of component) tally.add(state, (entry) => region[graph.to(entry)] === own);
      if (tally.unmet('weak').length === 0) {
        const unmet = isStrong ? tally.unmet('strong') : [];
        if (unmet.length === 0) return;
        rest = component.filter(
          (state) => !unmet.some((group) => fair.isEnabled(group, graph, state)),
        );
      }
    }
    for (const state of component) region[state] = 0;
    if (rest !== undefined && rest.length > 0) pieces.push(rest);
  };
  for (let piece = pieces.pop(); piece !== undefined; piece = pieces.pop()) {
    components.separate(piece);
    components.split(piece, judge);
  }
  return region;
}
