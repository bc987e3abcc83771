import type { AnyStateMachine, StateNode } from 'xstate';
import { getInitialSnapshot } from 'xstate';
import type { Json } from '../model/network.js';
import { UserError } from '../model/userError.js';

/** A named machine, with an input that it can start with. */
export interface Shown {
  readonly name: string;
  readonly description: string;
  readonly machine: AnyStateMachine;
  readonly input?: Json;
}

/** A guard or an action as a config names it. */
export interface Named {
  readonly type: string;
  readonly params?: Readonly<Record<string, Json>>;
}

/**
 * One transition. `from` undefined: possible in every state; `to` undefined: no change of state; `on` undefined: no
 * event needed.
 */
export interface Transition {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly on: string | undefined;
  readonly guard: Named | undefined;
  readonly actions: readonly Named[];
}

/** The states of a flat machine, the initial state first; empty if it has only context. */
export const statesOf = ({ root }: AnyStateMachine): readonly string[] => {
  const all = Object.values(root.states);
  const first = all.filter((state) => root.initial.target?.includes(state));
  return [...first, ...all.filter((state) => !first.includes(state))].map(({ key }) => key);
};

/** The transitions of a machine by state; those of one event in the order in which their guards are evaluated. */
export function transitionsOf(machine: AnyStateMachine): readonly Transition[] {
  const { root } = machine;
  return [
    ...leaving(root, undefined),
    ...Object.values(root.states).flatMap((state) => leaving(state, state.key)),
  ];
}

const leaving = (node: StateNode, from: string | undefined): readonly Transition[] =>
  [...[...node.transitions.values()].flat(), ...(node.always ?? [])].map(
    ({ eventType, guard, actions, target }) => ({
      from,
      to: target?.[0]?.key,
      on: eventType === '' ? undefined : eventType,
      guard: guard === undefined ? undefined : named(guard),
      actions: actions.map(named),
    }),
  );

const named = (what: unknown): Named => (typeof what === 'string' ? { type: what } : what) as Named;

/** The initial context. */
export const contextOf = ({ machine, input }: Shown): Json =>
  getInitialSnapshot(machine, input).context;

/**
 * The machine's config as JSON, without context. Throws RW112 if the config does not define the machine completely: it
 * contains a function, or a state that is not flat.
 */
export function configOf({ name, machine }: Shown): Readonly<Record<string, Json>> {
  const { context, ...config } = machine.config;
  for (const state of Object.values(machine.root.states) as StateNode[])
    if (state.type !== 'atomic' || state.entry.length > 0 || state.exit.length > 0)
      throw new UserError(
        'RW112',
        `machine ${name}, state ${state.key}: only flat states without entry and exit actions can be exported`,
      );
  refuseFunctions(config, name, name);
  return config as Readonly<Record<string, Json>>;
}

function refuseFunctions(part: unknown, machine: string, at: string): void {
  if (typeof part === 'function')
    throw new UserError(
      'RW112',
      `machine ${machine}, ${at}: a function cannot be exported; name it in setup({ guards, actions })`,
    );
  if (typeof part === 'object' && part !== null)
    for (const [key, inner] of Object.entries(part))
      refuseFunctions(inner, machine, `${at}.${key}`);
}
