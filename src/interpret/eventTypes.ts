import type { AnyStateMachine, AnyStateNode } from 'xstate';
import type { Component } from '../model/network.js';
import { UserError } from '../model/userError.js';
import { didYouMean } from './didYouMean.js';

/** A state of a machine and all below it. */
export function* nodesOf(node: AnyStateNode): Generator<AnyStateNode> {
  yield node;
  for (const child of Object.values(node.states)) yield* nodesOf(child);
}

/** Whether a machine can be done. */
export const hasFinalState = ({ root }: AnyStateMachine): boolean =>
  [...nodesOf(root)].some(({ type }) => type === 'final');

const known = new WeakMap<AnyStateMachine, readonly string[]>();

/** Every event type that the states of a machine name, `*` and `mouse.*` among them, in the machine's order. */
export function descriptorsOf(machine: AnyStateMachine): readonly string[] {
  let descriptors = known.get(machine);
  if (descriptors === undefined) {
    const all = [...nodesOf(machine.root)].flatMap(({ transitions }) => [...transitions.keys()]);
    descriptors = [...new Set(all)].filter((descriptor) => !isInternal(descriptor));
    known.set(machine, descriptors);
  }
  return descriptors;
}

/** XState's own events: only XState may send them. */
const isInternal = (type: string): boolean => type === 'xstate' || type.startsWith('xstate.');

/** As XState matches them: `mouse.*` is `mouse` and all that begins with `mouse.`. */
export const isOfType = (type: string, descriptor: string): boolean =>
  descriptor === type ||
  descriptor === '*' ||
  (descriptor.endsWith('.*') && `${type}.`.startsWith(descriptor.slice(0, -1)));

/**
 * Refuses a message that its machine could never handle. Throws RW218 a type that the machine does not have · RW219 a type
 * that is XState's own.
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

export function checkNotInternal(name: string, type: string, who: string): void {
  if (isInternal(type))
    throw new UserError(
      'RW219',
      `${who} sends ${type} to ${name}; types that begin with xstate. are XState's own, give it another`,
    );
}
