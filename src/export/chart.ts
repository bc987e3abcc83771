import type { AnyStateMachine } from 'xstate';
import { type Shown, statesOf, type Transition, transitionsOf } from './machine.js';

/** States and the transitions between them, as diagrams show them. */
export interface Chart {
  readonly name: string;
  /** The description of the chart, one line each. */
  readonly description: readonly string[];
  /** The initial state is the first. */
  readonly states: readonly ChartState[];
  /** One arrow for each pair of states with a transition from one to the other. */
  readonly arrows: readonly Arrow[];
  /** Transitions that are possible in every state and do not leave it. */
  readonly everywhere: readonly string[];
}

/** A state, and the labels shown inside its box. */
export interface ChartState {
  readonly name: string;
  /** Transitions that do not leave the state. */
  readonly inside: readonly string[];
}

/** An arrow between two states. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** One label for each transition that has text. */
  readonly labels: readonly string[];
}

/** Whether the states of a machine have no states inside them, so that a chart can show them all. */
export const isFlat = ({ root }: AnyStateMachine): boolean =>
  root.type !== 'parallel' &&
  Object.values(root.states).every((state) => Object.keys(state.states).length === 0);

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

/** Merges the transitions between the same two states into one arrow, in the order of their first occurrence. */
export function arrowsOf(
  transitions: readonly { readonly from: string; readonly to: string; readonly label: string }[],
): readonly Arrow[] {
  const arrows = new Map<string, { from: string; to: string; labels: string[] }>();
  for (const { from, to, label } of transitions) {
    const key = JSON.stringify([from, to]);
    const arrow = arrows.get(key) ?? { from, to, labels: [] };
    arrows.set(key, arrow);
    if (label !== '') arrow.labels.push(label);
  }
  return [...arrows.values()];
}

/**
 * Whether a transition stays in its state. Without entry and exit actions a self-transition has the same effect as
 * none.
 */
const stays = ({ from, to }: Transition) => to === undefined || to === from;

/** `event [guard] / action, action`, as in UML; empty for a transition without any of them. */
const label = ({ on, guard, actions }: Transition): string =>
  [
    ...(on === undefined ? [] : [on]),
    ...(guard === undefined ? [] : [`[${guard.type}]`]),
    ...(actions.length === 0 ? [] : [`/ ${actions.map(({ type }) => type).join(', ')}`]),
  ].join(' ');
