import { BitSet } from '../../../coverage/bitSet.js';
import type { Criterion, Plan } from '../../../coverage/criterion.js';
import { counted, number } from '../../../model/formatNumber.js';
import type { CoverageStats } from '../../../paths/format.js';
import type { Check } from '../../../search/check.js';

/** Counts what the written paths cover, from the paths themselves and not from their plan. */
export class PathsAccount {
  readonly #covered: BitSet;
  #count = 0;
  #steps = 0;
  #paths = 0;

  constructor(
    readonly criterion: Criterion,
    readonly plan: Plan,
    /** Steps of the given paths. */
    readonly givenSteps: number,
    readonly searched: Pick<Check, 'compiled' | 'wrong'>,
  ) {
    this.#covered = new BitSet(plan.of);
  }

  add(path: readonly number[]): void {
    for (const thing of this.plan.covers(path)) if (this.#covered.add(thing)) this.#count++;
    this.#steps += path.length;
    this.#paths++;
  }

  get stats(): CoverageStats {
    const { of, lowerBound, never = [] } = this.plan;
    const { stimuli } = this.searched.compiled.network;
    const wrong = this.searched.wrong.map(({ stimulus, description, transitions }) => {
      return { call: stimuli[stimulus]!.description, description, transitions };
    });
    return {
      taken: this.#count,
      of,
      steps: this.#steps,
      paths: this.#paths,
      ...(lowerBound === undefined ? {} : { lowerBound: this.givenSteps + lowerBound }),
      ...(never.length === 0 ? {} : { never }),
      ...(wrong.length === 0 ? {} : { wrong }),
    };
  }

  /** Number of written paths. */
  get paths(): number {
    return this.#paths;
  }

  get isWhole(): boolean {
    return this.criterion.samples === true || this.#count === this.plan.of;
  }

  /** For example `3 paths, 40 steps; transitions taken: 38 of 38`. */
  get summary(): string {
    const { taken, of, steps, paths } = this.stats;
    return `${counted(paths, 'path')}, ${counted(steps, 'step')}; ${this.criterion.counts} taken: ${number(taken)} of ${number(of)}`;
  }

  /** The lower bound on the number of steps, as a line, if it is known. */
  get bound(): readonly string[] {
    const { lowerBound, steps } = this.stats;
    if (lowerBound === undefined || lowerBound === 0) return [];
    return [
      `${number(steps)} steps, lower bound ${number(lowerBound)}, ratio ${(steps / lowerBound).toFixed(3)}`,
    ];
  }
}
