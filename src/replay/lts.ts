import type { CompiledSystem } from '../interpret/compiledSystem.js';
import { Simulator } from '../interpret/simulator.js';
import type { Check } from '../search/check.js';
import type { SuccessorGraph } from '../store/successorGraph.js';

/** One transition of the model. */
export interface Transition {
  /** Number of the transition. */
  readonly entry: number;
  /** The call with its choices, as stories write it. */
  readonly description: string;
  /** The outcome as the guest writes it, on one line. */
  readonly outcome: string;
  readonly to: number;
}

/**
 * A design as a labelled transition system, which lists the outcomes that a kernel may have. Needs a complete search
 * that stored its transitions.
 */
export class Lts {
  readonly compiled: CompiledSystem;
  readonly successors: SuccessorGraph;
  readonly states: number;
  readonly #check: Check;
  readonly #simulator: Simulator;
  readonly #calls: Map<string, string>;

  constructor(check: Check) {
    this.#check = check;
    this.compiled = check.compiled;
    this.successors = check.successors!;
    this.states = check.exploration.states;
    this.#simulator = new Simulator(check.compiled);
    this.#calls = new Map(
      check.compiled.network.stimuli.map(({ description, call }) => [
        description,
        call ?? description,
      ]),
    );
  }

  /** The call without its choices, as the guest executes it. Undefined if the design does not have the call. */
  callOf(description: string): string | undefined {
    return this.#calls.get(description);
  }

  /** Every transition of the call in a state; none if it is disabled. */
  moves(state: number, call: string): Transition[] {
    const { stimuli } = this.compiled.network;
    const moves: Transition[] = [];
    for (
      let entry = this.successors.rowStart(state), end = this.successors.rowStart(state + 1);
      entry < end;
      entry++
    ) {
      const stimulus = this.successors.stimulus(entry);
      const { description, call: itsCall } = stimuli[stimulus]!;
      if ((itsCall ?? description) === call)
        moves.push({
          entry,
          description,
          outcome: this.#outcome(state, stimulus),
          to: this.successors.to(entry),
        });
    }
    return moves;
  }

  /** Whether a state has no transitions, which ends the story. */
  ends(state: number): boolean {
    return this.successors.rowStart(state) === this.successors.rowStart(state + 1);
  }

  description(entry: number): string {
    return this.compiled.network.stimuli[this.successors.stimulus(entry)]!.description;
  }

  #outcome(state: number, stimulus: number): string {
    const simulator = this.#simulator;
    this.#check.exploration.visited.load(state, simulator.here);
    simulator.step(stimulus);
    return this.compiled.network.outcome!(simulator.outputs(), simulator.after).join('; ');
  }
}
