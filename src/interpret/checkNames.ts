import type { AnyStateMachine, AnyStateNode, StateValue } from 'xstate';
import { descriptorsOf, isOfType, nodesOf } from './eventTypes.js';
import { throwUncaught } from './purely.js';
import { UnknownName } from './strictObject.js';

/** Throws RW220 if a state value of a rule names a state that the snapshot's machine does not have. */
export function checkState({ root, id }: AnyStateMachine, value: StateValue): void {
  for (const path of pathsOf(value)) {
    let node: AnyStateNode = root;
    for (const key of path) {
      const child: AnyStateNode | undefined = node.states[key];
      if (child === undefined) {
        const where =
          node === root ? `machine ${id}` : `state ${node.path.join('.')} of machine ${id}`;
        throw missing(
          `matches("${path.join('.')}")`,
          `${where} has no state ${key}`,
          key,
          Object.keys(node.states),
        );
      }
      node = child;
    }
  }
}

/** Throws RW220 for a tag that no state of the machine has. */
export function checkTag(machine: AnyStateMachine, tag: string): void {
  const tags = [...new Set([...nodesOf(machine.root)].flatMap((node) => node.tags))];
  if (!tags.includes(tag))
    throw missing(`hasTag("${tag}")`, `no state of machine ${machine.id} has that tag`, tag, tags);
}

/** Throws RW220 for an event type that no transition of the machine handles. */
export function checkEvent(machine: AnyStateMachine, type: string): void {
  const descriptors = descriptorsOf(machine);
  if (!descriptors.some((descriptor) => isOfType(type, descriptor)))
    throw missing(
      `can("${type}")`,
      `machine ${machine.id} has no event of that type`,
      type,
      descriptors,
    );
}

const missing = (call: string, why: string, called: string, known: readonly string[]): never =>
  throwUncaught(new UnknownName('RW220', `calls ${call}, but ${why}`, called, known));

/** The states that a state value names, each as its path of keys. As in XState, dots in a string separate keys. */
function pathsOf(value: StateValue): string[][] {
  if (typeof value === 'string')
    return [value.split(/(?<!\\)\./).map((key) => key.replaceAll('\\.', '.'))];
  return Object.entries(value).flatMap(([key, inner]) => {
    const inside = inner === undefined ? [] : pathsOf(inner);
    return inside.length === 0 ? [[key]] : inside.map((path) => [key, ...path]);
  });
}
