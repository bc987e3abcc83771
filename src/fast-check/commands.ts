import type fc from 'fast-check';
import { CompiledSystem } from '../interpret/compiledSystem.js';
import type { Network } from '../model/network.js';
import type { System } from './system.js';
import { Walk } from './walk.js';
import { Walks } from './walks.js';

export interface WalkOptions {
  /** Maximum number of calls in a walk. Default 100. */
  readonly longest?: number;
}

/**
 * Walks through a network for `fc.asyncModelRun`. After each call the outcome of the system must equal that of the
 * network. A walk that fails shrinks to a short story, which is in the error. Throws UserError if a machine cannot be
 * walked, RW323 if the network itself has an unhandled event or a livelock.
 */
export function commands<W, S, A>(
  network: Network<W>,
  system: System<S, A>,
  { longest = 100 }: WalkOptions = {},
): fc.Arbitrary<Iterable<fc.AsyncCommand<Walk, S>>> {
  return new Walks(network as Network, system, longest);
}

/**
 * The setup of `fc.asyncModelRun` for each walk: the network in its first state, and a fresh system. Create it once
 * for all walks, because it computes each XState transition once for each state and message.
 */
export function setup<W, S, A>(
  network: Network<W>,
  { create }: System<S, A>,
): fc.ModelRunAsyncSetup<Walk, S> {
  const compiled = new CompiledSystem(network) as CompiledSystem;
  return async () => ({ model: new Walk(compiled), real: await create() });
}
