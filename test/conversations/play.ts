import type { OpsInput } from '../../machines/ops/context.js';
import { opsOf, parseScope } from '../../machines/scopes.js';
import { Cursor, type Transition } from '../../src/diff/cursor.js';
import type { Network } from '../../src/model/network.js';
import { network } from '../machines/networks.js';
import type { Conversation, Kernel } from './read.js';
import { comparable, namesIn, renamedCall, scopeFor } from './setup.js';

const models = new Map<string, Promise<Cursor>>();

function modelOf(design: string, scope: string): Promise<Cursor> {
  const key = `${design} ${scope}`;
  const model =
    models.get(key) ?? network(design, scope, []).then((net) => new Cursor(net as Network));
  models.set(key, model);
  return model;
}

const outcomeOf = ({ how, parts }: Transition): string =>
  how === 'quiescence' ? comparable(parts.join('; '), new Map()) : how;

/** The transitions of a call from any of these states: for each outcome, the states after it. */
function transitionsFrom(model: Cursor, states: Iterable<Int32Array>, call: string) {
  const found = new Map<string, Map<string, Int32Array>>();
  for (const state of states) {
    model.moveTo(state);
    for (const transition of model.transitions(call)) {
      const after = found.get(outcomeOf(transition)) ?? new Map<string, Int32Array>();
      found.set(outcomeOf(transition), after.set(transition.to.join(), transition.to));
    }
  }
  return found;
}

/** The guest that gave the answers set and cleared the filter of every ops before a conversation. */
function withFilters(model: Cursor, ops: readonly OpsInput[]): Iterable<Int32Array> {
  let states: readonly Int32Array[] = [model.compiled.first];
  for (const { name } of ops)
    for (const call of [`add ${name} 1`, `remove ${name} 1`])
      states = [...transitionsFrom(model, states, call).values()].flatMap((after) => [
        ...after.values(),
      ]);
  return states;
}

export interface Played {
  /** The number of answers that agreed with the model. */
  readonly steps: number;
  /** The step at which the kernel left the model, or an end at a call that the model enables; undefined if none. */
  readonly disagreement: string | undefined;
}

/**
 * Plays the calls of a conversation on the design of the kernel's name. The order of a hash is nondeterministic in the
 * model, so every state is followed that can give the kernel's answer.
 */
export async function play(
  { title, setup, exchanges, notOffered }: Conversation,
  kernel: Kernel,
): Promise<Played> {
  const names = namesIn(
    setup,
    exchanges.map(({ call }) => call),
  );
  const scope = scopeFor(setup);
  const model = await modelOf(`linux-${kernel}`, scope);
  const calls: string[] = [];
  const differs = (what: string) =>
    `${title}\n  linux-${kernel} --scope ${scope}\n  ${calls.join(', ')}\n  ${what}`;
  let states = withFilters(model, opsOf(parseScope(scope)));
  for (const { call, answers } of exchanges) {
    const answer = answers.get(kernel);
    if (answer === undefined) return { steps: calls.length, disagreement: undefined };
    const emitted = comparable(answer, names);
    const allowed = transitionsFrom(model, states, renamedCall(call, names));
    calls.push(renamedCall(call, names));
    const next = allowed.get(emitted);
    if (next === undefined) {
      const instead = [...allowed.keys()].join('\n          ') || 'does not offer the call';
      return {
        steps: calls.length - 1,
        disagreement: differs(`kernel  ${emitted}\n  model   ${instead}`),
      };
    }
    states = next.values();
  }
  const offered =
    notOffered !== undefined &&
    transitionsFrom(model, states, renamedCall(notOffered, names)).size > 0;
  return {
    steps: calls.length,
    disagreement: offered
      ? differs(`ends at ${notOffered}, but the model offers that now`)
      : undefined,
  };
}
