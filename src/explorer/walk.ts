import { CompiledSystem } from '../interpret/compiledSystem.js';
import type { StepResult } from '../interpret/interpreter.js';
import { outcomeParts } from '../interpret/outcomeParts.js';
import type { Network, Rule } from '../model/network.js';
import { LimitReached } from '../model/userError.js';
import { PropertyMonitor } from '../properties/propertyMonitor.js';

/** A state that a story has reached, and its properties. */
export interface Place {
  readonly state: Int32Array;
  /** Whether the state is terminal: no further call is expected. */
  readonly over: boolean;
  /** Ids of rules that the state breaks, regardless of the path to it. */
  readonly broken: readonly string[];
  /** Goals of rules that hold in the state. */
  readonly reached: readonly string[];
}

/** One call, made at a place. */
export interface Step {
  readonly stimulus: number;
  /** The call as stories write it, and its type. */
  readonly call: string;
  readonly sort: string;
  readonly outcome: readonly string[];
  /** Facts about the call that only the model has. */
  readonly aside: readonly string[];
  /** The reason why the call did not reach quiescence; undefined if it did. No call can follow it. */
  readonly fault?: string;
  /** Ids of rules that the call itself breaks. */
  readonly broken: readonly string[];
  readonly after: Place;
}

/**
 * Steps through a network one call at a time. Uses the PropertyMonitor of whole searches, so verdicts agree with them.
 */
export class Walk<W> {
  readonly compiled: CompiledSystem<W>;
  readonly rules: readonly Rule<W>[];
  readonly first: Place;
  readonly #judge: PropertyMonitor<W>;
  readonly #world: W;
  /** Steps by their source state. */
  readonly #offers = new Map<string, readonly Step[]>();
  readonly #read: Int32Array;

  constructor(readonly network: Network<W>) {
    this.compiled = new CompiledSystem(network);
    this.rules = this.compiled.network.rules ?? [];
    const size = this.compiled.components.length;
    this.#judge = new PropertyMonitor(this.rules, this.compiled, new Int32Array(size));
    this.#read = new Int32Array(size);
    this.#world = this.compiled.world(this.#read);
    this.first = this.#place(this.compiled.first);
  }

  /** Every enabled call of a place with its outcome, in the network's order. */
  offers(place: Place): readonly Step[] {
    if (place.over) return [];
    const key = place.state.join();
    let steps = this.#offers.get(key);
    if (steps === undefined) {
      steps = this.network.stimuli.flatMap((_, stimulus) => this.#step(place, stimulus) ?? []);
      this.#offers.set(key, steps);
    }
    return steps;
  }

  /** The steps of these calls from the first state, up to the first call that is disabled. */
  tell(calls: readonly number[]): readonly Step[] {
    const steps: Step[] = [];
    let place = this.first;
    for (const call of calls) {
      const step = this.offers(place).find(({ stimulus }) => stimulus === call);
      if (step === undefined) break;
      steps.push(step);
      place = step.after;
    }
    return steps;
  }

  /** The world of a place; valid until the next call of this method. */
  world(place: Place): W {
    this.#read.set(place.state);
    return this.#world;
  }

  #step(place: Place, stimulus: number): Step | undefined {
    const monitor = this.#judge;
    const { interpreter } = monitor;
    monitor.before.set(place.state);
    interpreter.state.set(place.state);
    const how = this.#react(stimulus);
    if (how === 'disabled') return undefined;
    const { description, message } = this.network.stimuli[stimulus]!;
    const told = { stimulus, call: description, sort: message.type };
    if (how !== 'quiescence') {
      const fault = this.#faultOf(how);
      const after = { ...place, over: true, broken: [], reached: [] };
      return { ...told, outcome: [fault], aside: [], fault, broken: [], after };
    }
    const broken = monitor.step(stimulus).map((claim) => this.#idOf(claim));
    const emitted = interpreter.outputs();
    const after = this.#place(interpreter.state);
    return {
      ...told,
      outcome: outcomeParts(this.network, emitted, this.world(after)),
      aside: this.network.unobservable?.(emitted) ?? [],
      broken,
      after,
    };
  }

  #react(stimulus: number): StepResult | LimitReached {
    try {
      return this.#judge.interpreter.step(stimulus);
    } catch (error) {
      if (error instanceof LimitReached) return error;
      throw error;
    }
  }

  #faultOf(how: Exclude<StepResult, 'quiescence' | 'disabled'> | LimitReached): string {
    if (how instanceof LimitReached) return how.message;
    return how === 'livelock'
      ? 'never falls silent'
      : this.compiled.unhandledText(this.#judge.interpreter.unhandled!);
  }

  #place(present: Int32Array): Place {
    const monitor = this.#judge;
    const state = Int32Array.from(present);
    const reached: number[] = [];
    const label = monitor.label(state, reached);
    return {
      state,
      over: monitor.isOver(label),
      broken: monitor.violatedIn(label).map(this.#idOf),
      reached: reached.map((claim) => monitor.obligations[claim]!.goal!.description),
    };
  }

  #idOf = (claim: number): string => this.rules[this.#judge.obligations[claim]!.rule]!.id;
}
