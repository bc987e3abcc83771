import type { Stimulus } from '../model/network.js';

/** What you run for your users, so that calls of a network can be made to it. */
export interface System<S, A = unknown> {
  /** A fresh one; asked for each walk. */
  create(): S | Promise<S>;
  /** Makes a call: `call.says` are its words, `call.to` and `call.message` what the model is told. */
  send(system: S, call: Stimulus): A | Promise<A>;
  /** What is seen after it, in the parts in which the network writes outcomes; `answer` is what `send` gave. */
  read(system: S, answer: A): readonly string[] | Promise<readonly string[]>;
}
