import type { Step } from '../../../explorer/explored.js';
import type { Walk } from '../../../explorer/walk.js';
import { nearest } from '../../../interpret/didYouMean.js';
import { UserError } from '../../../model/userError.js';

/** A played step: the chosen alternative of the typed call, and all alternatives. */
export interface PlayedStep {
  readonly step: Step;
  /** All alternatives of the call that are enabled, `step` among them. The system chooses between them. */
  readonly alternatives: readonly Step[];
  /** The call for a guest: without the choice. */
  readonly call: string;
  /** Ids of the rules that the call or the state after it breaks, and that the state before did not break. */
  readonly broken: readonly string[];
}

/** Plays typed steps one by one. `register X` selects every alternative of that call. */
export class StepPlayer {
  #place;

  constructor(
    readonly walk: Walk<unknown>,
    readonly name: string,
    /** Steps of other scopes, for advice. */
    readonly elsewhere: () => readonly string[],
  ) {
    this.#place = walk.first;
  }

  /** Whether the story is over: no rule makes a claim about later states. */
  get isOver(): boolean {
    return this.#place.over;
  }

  /** The alternatives of a typed step that are enabled. Throws RW066 for an unknown step, RW307 for a disabled one. */
  alternativesOf(typed: string): readonly Step[] {
    const { walk, name } = this;
    const { stimuli } = walk.network;
    const offers = walk.offers(this.#place);
    const exact = offers.filter(({ call }) => call === typed);
    if (exact.length > 0) return exact;
    const matching = offers.filter(({ stimulus }) => stimuli[stimulus]!.call === typed);
    if (matching.length > 0) return matching;
    const calls = stimuli.map(({ description }) => description);
    if (stimuli.some(({ description, call }) => description === typed || call === typed))
      throw new UserError(
        'RW307',
        `"${typed}" is not enabled in this state of ${name}; enabled are ${some(offers.map(({ call }) => call))}`,
      );
    const near = nearest(typed, [...calls, ...this.elsewhere()]);
    throw new UserError(
      'RW066',
      `${name} has no step "${typed}"; ${near === undefined ? '' : `did you mean "${near}"? `}steps are ${some(calls)}`,
    );
  }

  /** Plays one alternative: its target becomes the present state. */
  apply(step: Step, alternatives: readonly Step[]): PlayedStep {
    const before = this.#place.broken;
    this.#place = step.after;
    const call = this.walk.network.stimuli[step.stimulus]!.call;
    const after = step.after.broken.filter((id) => !before.includes(id));
    return {
      step,
      alternatives,
      call: alternatives.length > 1 && call !== undefined ? call : step.call,
      broken: [...new Set([...step.broken, ...after])],
    };
  }
}

const MOST = 8;

const some = (names: readonly string[]): string =>
  names.length > MOST
    ? `${names.slice(0, MOST).join(', ')} and ${names.length - MOST} more`
    : names.join(', ') || 'none';
