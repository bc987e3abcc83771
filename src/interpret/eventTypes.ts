import type { AnyStateMachine, AnyStateNode } from 'xstate';
import type { Component } from '../model/network.js';
import { UserError } from '../model/userError.js';
import { didYouMean } from './didYouMean.js';

/** A state node and all its descendants. */
export function* nodesOf(node: AnyStateNode): Generator<AnyStateNode> {
  yield node;
  for (const child of Object.values(node.states)) yield* nodesOf(child);
}

/** Whether a machine has a final state, at any depth. */
export const hasFinalState = ({ root }: AnyStateMachine): boolean =>
  [...nodesOf(root)].some(({ type }) => type === 'final');

const known = new WeakMap<AnyStateMachine, readonly string[]>();

/** Every event descriptor in a machine's states, with wildcards such as `*` and `mouse.*`, in the machine's order. */
export function descriptorsOf(machine: AnyStateMachine): readonly string[] {
  let descriptors = known.get(machine);
  if (descriptors === undefined) {
    const all = [...nodesOf(machine.root)].flatMap(({ transitions }) => [...transitions.keys()]);
    descriptors = [...new Set(all)].filter((descriptor) => !isInternal(descriptor));
    known.set(machine, descriptors);
  }
  return descriptors;
}

/** Whether the type is reserved for XState's own events. */
const isInternal = (type: string): boolean => type === 'xstate' || type.startsWith('xstate.');

/** Whether a descriptor matches a type as in XState: `mouse.*` matches `mouse` and types that begin with `mouse.`. */
export const isOfType = (type: string, descriptor: string): boolean =>
  descriptor === type ||
  descriptor === '*' ||
  (descriptor.endsWith('.*') && `${type}.`.startsWith(descriptor.slice(0, -1)));

/**
 * Checks that a component's machine can handle an event type. Throws RW218 if the machine does not have the type, RW219
 * if the type is reserved for XState.
 */
export function checkEventType({ name, machine }: Component, type: string, who: string): void {
  checkNotInternal(name, type, who);
  const descriptors = descriptorsOf(machine);
  if (type !== '*' && descriptors.some((descriptor) => isOfType(type, descriptor))) return;
  throw new UserError(
    'RW218',
    `${who} sends ${type} to ${name}, whose machine has no event of that type; ${didYouMean(type, descriptors)}`,
  );
}

/** Throws RW219 for a type that is reserved for XState. */
export function checkNotInternal(name: string, type: string, who: string): void {
  if (isInternal(type))
    throw new UserError(
      'RW219',
      `${who} sends ${type} to ${name}; types that begin with xstate. are XState's own, give it another`,
    );
}
