import type { Display, StateView } from '../domain.js';
import type { Rule } from '../model/network.js';

/** A state that a story has reached, and its properties. */
export interface Place {
  readonly state: Int32Array;
  /** Whether the state is terminal: no further call is expected. */
  readonly over: boolean;
  /** Whether the page does not contain the calls of the state. */
  readonly beyond?: boolean;
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

/** A rule without its predicates. */
export interface RuleView
  extends Pick<Rule<never>, 'id' | 'description' | 'source' | 'unobservable'> {
  /** Whether only all paths together can break it. */
  readonly recoverable: boolean;
  /** Whether it is about whole paths, or compares several, so that no step can break it. */
  readonly ofPaths: boolean;
  /** The goals in scope, if the rule has goals. */
  readonly goals?: readonly string[];
}

/** The parts of the page that show the network, beside its calls. */
export interface Shown extends Partial<Omit<Display<never>, 'view'>> {
  readonly description: string;
  readonly glossary?: string;
}

/** A network that the page steps through: its machines run in the page, or the page has a recording of them. */
export interface Explored {
  readonly shown: Shown;
  readonly rules: readonly RuleView[];
  readonly first: Place;
  /** Every enabled call of a place with its outcome, in the network's order. */
  offers(place: Place): readonly Step[];
  view(place: Place): StateView;
}

/** The steps of these calls from the first state, up to the first call that is disabled. */
export function stepsOf(explored: Explored, calls: readonly number[]): readonly Step[] {
  const steps: Step[] = [];
  let place = explored.first;
  for (const call of calls) {
    const step = explored.offers(place).find(({ stimulus }) => stimulus === call);
    if (step === undefined) break;
    steps.push(step);
    place = step.after;
  }
  return steps;
}
