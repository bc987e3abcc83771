import { CompiledSystem } from '../interpret/compiledSystem.js';
import type { StepResult } from '../interpret/interpreter.js';
import { outcomeParts } from '../interpret/outcomeParts.js';
import { Simulator } from '../interpret/simulator.js';
import type { Json, Message, Network } from '../model/network.js';

/** One transition of a call in a state: its target and its observable outcome. */
export interface Transition {
  readonly stimulus: number;
  /** The call, choices included. */
  readonly description: string;
  readonly how: Exclude<StepResult, 'disabled'>;
  readonly emitted: readonly Message[];
  /** The outcome; for a call that does not reach quiescence, only `how`. */
  readonly parts: readonly string[];
  /** The state after the call; meaningless unless `how` is quiescence. */
  readonly to: Int32Array;
}

/** One of two networks, positioned at a state, whose transitions it computes. */
export class Cursor {
  readonly compiled: CompiledSystem;
  /** Stimulus numbers of each call. */
  readonly calls: ReadonlyMap<string, readonly number[]>;
  readonly #descriptions: ReadonlySet<string>;
  readonly #simulator: Simulator;
  /** Whether the current state is terminal. */
  #over = false;

  constructor(readonly network: Network) {
    this.compiled = new CompiledSystem(network);
    this.#simulator = new Simulator(this.compiled);
    this.#descriptions = new Set(network.stimuli.map(({ description }) => description));
    const calls = new Map<string, number[]>();
    for (const [i, { description, call = description }] of network.stimuli.entries())
      calls.set(call, [...(calls.get(call) ?? []), i]);
    this.calls = calls;
  }

  /** Numbers per state. */
  get size(): number {
    return this.#simulator.here.length;
  }

  hasStimulus(description: string): boolean {
    return this.#descriptions.has(description);
  }

  moveTo(state: Int32Array): void {
    this.#simulator.here.set(state);
    this.#over = this.compiled.isTerminal(this.#simulator.before);
  }

  /** Every transition of a call from the current state; none if the call is disabled there. */
  transitions(call: string): Transition[] {
    if (this.#over) return [];
    const simulator = this.#simulator;
    const transitions: Transition[] = [];
    for (const stimulus of this.calls.get(call) ?? []) {
      const how = simulator.step(stimulus);
      if (how === 'disabled') continue;
      const emitted = simulator.outputs();
      transitions.push({
        stimulus,
        description: this.network.stimuli[stimulus]!.description,
        how,
        emitted,
        parts: how === 'quiescence' ? outcomeParts(this.network, emitted, simulator.after) : [how],
        to: simulator.there.slice(),
      });
    }
    return transitions;
  }

  /** The outcome data of a transition from the current state, if the network has any. */
  report({ how, emitted, to }: Transition): Json | undefined {
    if (how !== 'quiescence') return undefined;
    this.#simulator.there.set(to);
    return this.network.outcomeData?.(emitted, this.#simulator.after);
  }
}
