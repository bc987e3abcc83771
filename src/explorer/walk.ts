import type { Display, StateView } from '../domain.js';
import { CompiledSystem } from '../interpret/compiledSystem.js';
import type { StepResult } from '../interpret/interpreter.js';
import { outcomeParts } from '../interpret/outcomeParts.js';
import { goalsOf } from '../model/goals.js';
import { isAboutPaths } from '../model/liveness.js';
import type { Network, Rule } from '../model/network.js';
import { LimitReached } from '../model/userError.js';
import { PropertyMonitor } from '../properties/propertyMonitor.js';
import { componentView } from './componentView.js';
import {
  type Explored,
  type Place,
  type RuleView,
  type Shown,
  type Step,
  stepsOf,
} from './explored.js';

/**
 * Steps through a network one call at a time. Uses the PropertyMonitor of whole searches, so verdicts agree with them.
 */
export class Walk<W> implements Explored {
  readonly compiled: CompiledSystem<W>;
  readonly shown: Shown;
  readonly rules: readonly RuleView[];
  readonly first: Place;
  readonly #judge: PropertyMonitor<W>;
  readonly #world: W;
  /** Steps by their source state. */
  readonly #offers = new Map<string, readonly Step[]>();
  readonly #read: Int32Array;

  constructor(
    readonly network: Network<W>,
    readonly display?: Display<W>,
  ) {
    this.compiled = new CompiledSystem(network);
    const { rules = [], description, glossary } = this.compiled.network;
    const { view: _, ...reading } = display ?? { view: undefined };
    this.shown = { description, ...(glossary !== undefined && { glossary }), ...reading };
    const size = this.compiled.components.length;
    this.#judge = new PropertyMonitor(rules, this.compiled, new Int32Array(size));
    this.#read = new Int32Array(size);
    this.#world = this.compiled.world(this.#read);
    this.first = this.#place(this.compiled.first);
    this.rules = rules.map((rule) => ruleView(rule, this.world(this.first)));
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
  stepsOf(calls: readonly number[]): readonly Step[] {
    return stepsOf(this, calls);
  }

  view(place: Place): StateView {
    return this.display?.view(this.world(place)) ?? componentView(this.compiled, place.state);
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
    const head = { stimulus, call: description, sort: message.type };
    if (how !== 'quiescence') {
      const fault = this.#faultOf(how);
      const after = { ...place, over: true, broken: [], reached: [] };
      return { ...head, outcome: [fault], aside: [], fault, broken: [], after };
    }
    const broken = monitor.step(stimulus).map((claim) => this.#idOf(claim));
    const emitted = interpreter.outputs();
    const after = this.#place(interpreter.state);
    return {
      ...head,
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
      ? 'never reaches quiescence'
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

  #idOf = (claim: number): string =>
    (this.compiled.network.rules ?? [])[this.#judge.obligations[claim]!.rule]!.id;
}

function ruleView<W>(rule: Rule<W>, world: W): RuleView {
  const { id, description, source, unobservable } = rule;
  return {
    id,
    description,
    source,
    ...(unobservable !== undefined && { unobservable }),
    recoverable: rule.recoverable !== undefined,
    ofPaths: isAboutPaths(rule),
    ...(rule.possible && { goals: goalsOf(rule, world).map((goal) => goal.description) }),
  };
}
