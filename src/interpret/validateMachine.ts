import type { Component } from '../model/network.js';
import { UserError } from '../model/userError.js';

// biome-ignore lint/suspicious/noExplicitAny: the config is read as the user wrote it
type Config = any;

/**
 * Rejects a machine that cannot be searched exhaustively, before the search starts. Throws RW101 for invoke · RW102
 * for delayed transitions (after) · RW103 for spawn and other actor actions · RW110 for unnamed guards or actions ·
 * RW111 for a component that is not an XState 5 machine · RW124 for a guard or assigner that is an async function:
 * XState would treat its promise as true, or as no change.
 */
export function validateMachine({ name, machine }: Component): void {
  if (typeof machine?.getTransitionData !== 'function')
    throw new UserError(
      'RW111',
      `component ${name} is not an XState 5 machine; make it with setup({...}).createMachine({...})`,
    );
  const { guards, actions } = machine.implementations;
  for (const [named, guard] of Object.entries(guards)) atOnce(guard, name, `guard ${named}`);
  for (const [named, action] of Object.entries<Config>(actions))
    for (const assigner of assignersOf(action)) atOnce(assigner, name, `action ${named}`);
  visit(machine.config, name, machine.config.id ?? name);
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

function visit(node: Config, machine: string, at: string): void {
  if (node.invoke !== undefined)
    throw new UserError(
      'RW101',
      `machine ${machine}, state ${at}: invoke starts another actor, which recwalk cannot explore; make that actor a component and send messages with emit`,
    );
  if (node.after !== undefined)
    throw new UserError(
      'RW102',
      `machine ${machine}, state ${at}: after needs a clock; make the time-out a message that the environment may send`,
    );
  for (const list of [node.entry, node.exit]) actions(list, machine, at);
  for (const [event, transitions] of Object.entries<Config>(node.on ?? {}))
    each(transitions, machine, `${at} on ${event}`);
  each(node.always, machine, `${at} always`);
  each(node.onDone, machine, `${at} onDone`);
  for (const [child, config] of Object.entries<Config>(node.states ?? {}))
    visit(config, machine, `${at}.${child}`);
}

function each(transitions: Config, machine: string, at: string): void {
  for (const t of [transitions ?? []].flat()) {
    if (typeof t !== 'object' || t === null) continue;
    guard(t.guard, machine, at);
    actions(t.actions, machine, at);
  }
}

function guard(g: Config, machine: string, at: string): void {
  // and(), or() and not() keep their parts in `guards`.
  for (const part of g?.guards ?? []) guard(part, machine, at);
  if (typeof g === 'function' && g.check === undefined)
    throw new UserError(
      'RW110',
      `machine ${machine}, ${at}: a guard without a name; name it in setup({ guards }), charts and coverage need the name`,
    );
}

function actions(list: Config, machine: string, at: string): void {
  for (const action of [list ?? []].flat()) {
    const type: string | undefined =
      typeof action === 'object' || typeof action === 'function' ? action.type : action;
    if (type === undefined)
      throw new UserError(
        'RW110',
        `machine ${machine}, ${at}: an action without a name; name it in setup({ actions }), or send a message with emit`,
      );
    if (/^xstate\.(spawn|stop|sendTo|sendParent|forwardTo)/.test(type))
      throw new UserError(
        'RW103',
        `machine ${machine}, ${at}: ${type} addresses another actor; machines send messages with emit, and the network delivers them`,
      );
  }
}
