import type fc from 'fast-check';
import { CompiledSystem } from '../interpret/compiledSystem.js';
import type { Network } from '../model/network.js';
import type { System } from './system.js';
import { Walk } from './walk.js';
import { Walks } from './walks.js';

export interface WalkOptions {
  /** Calls of a walk at most. Default 100. */
  readonly longest?: number;
}

/**
 * Walks through a network for `fc.asyncModelRun`: after each call the system must show what the network says. A
 * walk that fails shrinks to a short story, which is in the error. Throws Fault if a machine cannot be walked, or
 * (RW323) if the network goes wrong by itself.
 */
export function commands<W, S, A>(
  network: Network<W>,
  system: System<S, A>,
  { longest = 100 }: WalkOptions = {},
): fc.Arbitrary<Iterable<fc.AsyncCommand<Walk, S>>> {
  return new Walks(network as Network, system, longest);
}

/**
 * What `fc.asyncModelRun` asks for at the start of each walk: the network in its first state, and a fresh system.
 * Make it once for all walks, as XState is asked once for each state and message.
 */
export function setup<W, S, A>(
  network: Network<W>,
  { create }: System<S, A>,
): fc.ModelRunAsyncSetup<Walk, S> {
  const tables = new CompiledSystem(network) as CompiledSystem;
  return async () => ({ model: new Walk(tables), real: await create() });
}
