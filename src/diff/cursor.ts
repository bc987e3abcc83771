import { CompiledSystem } from '../interpret/compiledSystem.js';
import { Interpreter, type StepResult } from '../interpret/interpreter.js';
import { outcomeParts } from '../interpret/outcomeParts.js';
import type { Json, Message, Network } from '../model/network.js';

/** One transition of a call in a state: its target and its observable outcome. */
export interface Transition {
  readonly stimulus: number;
  /** The call, choices included. */
  readonly description: string;
  readonly how: Exclude<StepResult, 'refused'>;
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
  readonly #says: ReadonlySet<string>;
  readonly #reactor: Interpreter;
  readonly #world: unknown;
  readonly #here: Int32Array;
  /** Whether the current state is terminal. */
  #over = false;

  constructor(readonly network: Network) {
    this.compiled = new CompiledSystem(network);
    this.#reactor = new Interpreter(this.compiled);
    this.#world = this.compiled.world(this.#reactor.state);
    this.#here = Int32Array.from(this.compiled.first);
    this.#says = new Set(network.stimuli.map(({ description }) => description));
    const calls = new Map<string, number[]>();
    for (const [i, { description, call = description }] of network.stimuli.entries())
      calls.set(call, [...(calls.get(call) ?? []), i]);
    this.calls = calls;
  }

  /** Numbers per state. */
  get size(): number {
    return this.#here.length;
  }

  knows(description: string): boolean {
    return this.#says.has(description);
  }

  stand(state: Int32Array): void {
    this.#here.set(state);
    this.#reactor.state.set(state);
    this.#over = this.compiled.isTerminal(this.#world);
  }

  /** Every transition of a call from the current state; none if the call is disabled there. */
  ways(call: string): Transition[] {
    if (this.#over) return [];
    const ways: Transition[] = [];
    for (const stimulus of this.calls.get(call) ?? []) {
      const how = this.#reactor.step(stimulus);
      if (how === 'refused') continue;
      const emitted = this.#reactor.words();
      ways.push({
        stimulus,
        description: this.network.stimuli[stimulus]!.description,
        how,
        emitted,
        parts: how === 'quiescence' ? outcomeParts(this.network, emitted, this.#world) : [how],
        to: this.#reactor.state.slice(),
      });
      this.#reactor.state.set(this.#here);
    }
    return ways;
  }

  /** The outcome data of a transition from the current state, if the network has any. */
  report({ how, emitted, to }: Transition): Json | undefined {
    if (how !== 'quiescence') return undefined;
    this.#reactor.state.set(to);
    const report = this.network.outcomeData?.(emitted, this.#world);
    this.#reactor.state.set(this.#here);
    return report;
  }
}
