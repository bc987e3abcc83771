import type { Stimulus } from '../model/network.js';

/** An adapter to the system under test, which executes the calls of a network on it. */
export interface System<S, A = unknown> {
  /** Returns a fresh system; called once for each walk. */
  create(): S | Promise<S>;
  /** Executes a call: `call.description` is its text, `call.to` and `call.message` are the message to the model. */
  send(system: S, call: Stimulus): A | Promise<A>;
  /** Returns the outcome of the call, in the parts in which the network writes it; `answer` is the result of `send`. */
  read(system: S, answer: A): readonly string[] | Promise<readonly string[]>;
}
