import type { Checkpointable } from '../store/checkpointable.js';
import type { Failure } from './effectCache.js';

/** A transition that violates obligations. */
export interface Violation {
  readonly from: number;
  /** Stimulus number; -1: the first state itself violates them. */
  readonly stimulus: number;
  /** Number of its break class in the monitor's `classes`. */
  readonly breakClass: number;
  /** Number of transitions of the network itself that it represents; 1 without reductions. */
  readonly transitions: number;
}

/** Callbacks of a search. */
export interface Observer {
  /** A call, or the first state (stimulus -1), violates obligations. */
  violated(obligations: readonly number[], by: Violation): void;
  /** Called for each state in order, before its calls are made; the monitor's `before` holds the state. */
  state?(number: number): void;
  /** Called once for every transition. */
  transition?(from: number, stimulus: number, to: number): void;
  /** The same, but sleep sets may skip transitions to states that were found before. */
  successors?(from: number, stimulus: number, to: number): void;
  /** An enabled stimulus whose call did not reach quiescence. */
  wrongCall(from: number, stimulus: number, failure: Failure): void;
  /** No stimulus is enabled in this state, and it is not terminal. */
  deadlock(number: number): void;
  /** Called after each state; true stops the search. */
  enough(): boolean;
  /** The observer's own state, for checkpoints. */
  readonly checkpointed?: Checkpointable;
}
