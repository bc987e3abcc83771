import type { Component } from '../model/network.js';
import { UserError } from '../model/userError.js';
import { isMachine } from './actorLogic.js';
import { nodesOf } from './eventTypes.js';

// biome-ignore lint/suspicious/noExplicitAny: the config is read as the user wrote it
type Config = any;

/**
 * Rejects a machine that cannot be searched exhaustively, before the search starts. Throws RW111 for a component that is
 * not an XState 5 machine · RW124 for a guard or assigner that is an async function: XState would treat its promise as
 * true, or as no change.
 */
export function validateMachine({ name, machine }: Component): void {
  if (!isMachine(machine))
    throw new UserError(
      'RW111',
      `component ${name} is not an XState 5 machine; make it with setup({...}).createMachine({...})`,
    );
  const { guards, actions } = machine.implementations;
  for (const [named, guard] of Object.entries(guards)) atOnce(guard, name, `guard ${named}`);
  for (const [named, action] of Object.entries<Config>(actions))
    for (const assigner of assignersOf(action)) atOnce(assigner, name, `action ${named}`);
  for (const { id, entry, exit, transitions, always = [] } of nodesOf(machine.root)) {
    const taken = [...[...transitions.values()].flat(), ...always];
    for (const { guard, eventType } of taken)
      atOnce(guard, name, `the guard of ${eventType || 'always'} in ${id}`);
    for (const action of [...entry, ...exit, ...taken.flatMap((one) => one.actions)] as Config[])
      for (const assigner of assignersOf(action)) atOnce(assigner, name, `an assigner in ${id}`);
  }
}

/** The functions that an assign action runs. */
const assignersOf = ({ assignment }: Config): readonly unknown[] =>
  typeof assignment === 'object' && assignment !== null ? Object.values(assignment) : [assignment];

function atOnce(work: unknown, machine: string, what: string): void {
  if (typeof work === 'function' && work.constructor.name === 'AsyncFunction')
    throw new UserError(
      'RW124',
      `machine ${machine}: ${what} is an async function; it must be synchronous: let the environment do the slow work and send a message when it is done`,
    );
}
