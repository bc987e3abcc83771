import { type Shown, statesOf, type Transition, transitionsOf } from './machine.js';

/** States and the ways between them, as drawings show them. */
export interface Chart {
  readonly name: string;
  /** What this is a chart of, a line each. */
  readonly description: readonly string[];
  /** The first one is where it begins. */
  readonly states: readonly ChartState[];
  /** One for each pair of states with a way from one to the other. */
  readonly arrows: readonly Arrow[];
  /** What may happen in every state, and leads nowhere else. */
  readonly everywhere: readonly string[];
}

export interface ChartState {
  readonly name: string;
  /** What may happen there without leaving it. */
  readonly inside: readonly string[];
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** One for each way that has anything to say. */
  readonly labels: readonly string[];
}

/** The chart of a flat machine. */
export function chartOf({ name, machine }: Shown, description: readonly string[]): Chart {
  const all = transitionsOf(machine);
  const states = statesOf(machine);
  const everywhere = all.filter(({ from }) => from === undefined).map(label);
  if (states.length === 0)
    return {
      name,
      description,
      states: [{ name, inside: everywhere }],
      arrows: [],
      everywhere: [],
    };
  const inner = all.filter((t) => t.from !== undefined);
  return {
    name,
    description,
    states: states.map((state) => ({
      name: state,
      inside: inner.filter((t) => t.from === state && stays(t)).map(label),
    })),
    arrows: arrowsOf(
      inner.filter((t) => !stays(t)).map((t) => ({ from: t.from!, to: t.to!, label: label(t) })),
    ),
    everywhere,
  };
}

/** Ways between the same two states become one arrow, in the order in which they came. */
export function arrowsOf(
  ways: readonly { readonly from: string; readonly to: string; readonly label: string }[],
): readonly Arrow[] {
  const arrows = new Map<string, { from: string; to: string; labels: string[] }>();
  for (const { from, to, label } of ways) {
    const key = JSON.stringify([from, to]);
    const arrow = arrows.get(key) ?? { from, to, labels: [] };
    arrows.set(key, arrow);
    if (label !== '') arrow.labels.push(label);
  }
  return [...arrows.values()];
}

/** Without entry and exit actions it makes no difference whether a state is left for itself. */
const stays = ({ from, to }: Transition) => to === undefined || to === from;

/** `event [guard] / action, action`, as UML writes it; empty for what just happens. */
const label = ({ on, guard, actions }: Transition): string =>
  [
    ...(on === undefined ? [] : [on]),
    ...(guard === undefined ? [] : [`[${guard.type}]`]),
    ...(actions.length === 0 ? [] : [`/ ${actions.map(({ type }) => type).join(', ')}`]),
  ].join(' ');
