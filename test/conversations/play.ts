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

/** Every way a call may go from any of these states: by its outcome, the states it leads to. */
function ways(model: Cursor, states: Iterable<Int32Array>, call: string) {
  const found = new Map<string, Map<string, Int32Array>>();
  for (const state of states) {
    model.stand(state);
    for (const way of model.ways(call)) {
      const after = found.get(outcomeOf(way)) ?? new Map<string, Int32Array>();
      found.set(outcomeOf(way), after.set(way.to.join(), way.to));
    }
  }
  return found;
}

export interface Played {
  /** How many answers were compared. */
  readonly steps: number;
  /** Where the kernel did what the model does not allow, or the conversation ends for no reason. */
  readonly disagreement: string | undefined;
}

/**
 * Plays what a kernel was asked on the design of its name. The model leaves the order of a hash
 * open, so every state is followed that may have answered as the kernel did.
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
  let states: Iterable<Int32Array> = [model.tables.first];
  for (const { call, answers } of exchanges) {
    const answer = answers.get(kernel);
    if (answer === undefined) return { steps: calls.length, disagreement: undefined };
    const emitted = comparable(answer, names);
    const allowed = ways(model, states, renamedCall(call, names));
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
    notOffered !== undefined && ways(model, states, renamedCall(notOffered, names)).size > 0;
  return {
    steps: calls.length,
    disagreement: offered
      ? differs(`ends at ${notOffered}, but the model offers that now`)
      : undefined,
  };
}
