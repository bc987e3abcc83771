import type { Check } from '../engine/check.js';
import { Reactor } from '../engine/reactor.js';
import type { Successors } from '../engine/successors.js';
import type { Tables } from '../engine/tables.js';

/** One way a call may go: a transition of the model. */
export interface Move {
  /** Number of the transition. */
  readonly entry: number;
  /** The call with its choices, as stories write it. */
  readonly says: string;
  /** The outcome as the guest writes it, in one line. */
  readonly outcome: string;
  readonly to: number;
}

/** A design's states and transitions, asked for what a kernel may answer. Needs a complete search that kept its transitions. */
export class Model {
  readonly tables: Tables;
  readonly successors: Successors;
  readonly states: number;
  readonly #check: Check;
  readonly #reactor: Reactor;
  readonly #after: unknown;
  readonly #calls: Map<string, string>;

  constructor(check: Check) {
    this.#check = check;
    this.tables = check.tables;
    this.successors = check.successors!;
    this.states = check.exploration.states;
    this.#reactor = new Reactor(check.tables);
    this.#after = check.tables.world(this.#reactor.state);
    this.#calls = new Map(
      check.tables.network.stimuli.map(({ says, call }) => [says, call ?? says]),
    );
  }

  /** The call without its choices: what is really made. Undefined for a call the design does not have. */
  callOf(says: string): string | undefined {
    return this.#calls.get(says);
  }

  /** Every way in which the call may go in a state; none where it is not offered. */
  moves(state: number, call: string): Move[] {
    const { stimuli } = this.tables.network;
    const moves: Move[] = [];
    for (
      let entry = this.successors.begin(state), end = this.successors.begin(state + 1);
      entry < end;
      entry++
    ) {
      const stimulus = this.successors.stimulus(entry);
      const { says, call: itsCall } = stimuli[stimulus]!;
      if ((itsCall ?? says) === call)
        moves.push({
          entry,
          says,
          outcome: this.#outcome(state, stimulus),
          to: this.successors.to(entry),
        });
    }
    return moves;
  }

  /** Whether the story is over in a state. */
  ends(state: number): boolean {
    return this.successors.begin(state) === this.successors.begin(state + 1);
  }

  says(entry: number): string {
    return this.tables.network.stimuli[this.successors.stimulus(entry)]!.says;
  }

  #outcome(state: number, stimulus: number): string {
    this.#check.exploration.visited.load(state, this.#reactor.state);
    this.#reactor.react(stimulus);
    return this.tables.network.outcome!(this.#reactor.words(), this.#after).join('; ');
  }
}
