import type { Fairness, Stimulus } from '../model/network.js';
import type { SuccessorGraph } from '../store/successorGraph.js';

/** A group of stimuli that must be taken, and when: weakly or strongly fair. */
export interface FairGroup {
  readonly name: string;
  readonly fairness: keyof Fairness;
}

/** The fairness groups of a rule, numbered: the weak ones first. */
export class FairnessGroups {
  readonly groups: readonly FairGroup[];
  /** By kind of fairness and stimulus: the group of the stimulus, or -1. */
  readonly #of: readonly Int32Array[];

  constructor(stimuli: readonly Stimulus[], fair: Fairness = {}) {
    const groups: FairGroup[] = [];
    this.#of = (['weak', 'strong'] as const).map((fairness) => {
      const numbers = new Map<string, number>();
      return Int32Array.from(stimuli, (stimulus) => {
        const name = fair[fairness]?.(stimulus);
        if (name === undefined) return -1;
        if (!numbers.has(name)) numbers.set(name, groups.push({ name, fairness }) - 1);
        return numbers.get(name)!;
      });
    });
    this.groups = groups;
  }

  /** Calls `visit` with each group that has the stimulus. */
  forEach(stimulus: number, visit: (group: number) => void): void {
    for (const of of this.#of) if (of[stimulus]! >= 0) visit(of[stimulus]!);
  }

  has(group: number, stimulus: number): boolean {
    return this.#of.some((of) => of[stimulus] === group);
  }

  /** Whether a stimulus of the group leads from the state to another one. */
  isEnabled(group: number, graph: SuccessorGraph, state: number): boolean {
    const end = graph.rowStart(state + 1);
    for (let entry = graph.rowStart(state); entry < end; entry++)
      if (graph.to(entry) >= 0 && this.has(group, graph.stimulus(entry))) return true;
    return false;
  }
}

/** Counts in how many states each group is enabled, and whether it is taken. */
export class GroupTally {
  readonly #enabled: Int32Array;
  readonly #taken: Uint8Array;
  /** By group: the number of the last state that enables it. */
  readonly #last: Int32Array;
  #states = 0;

  constructor(
    readonly fair: FairnessGroups,
    readonly graph: SuccessorGraph,
  ) {
    const { length } = fair.groups;
    this.#enabled = new Int32Array(length);
    this.#taken = new Uint8Array(length);
    this.#last = new Int32Array(length);
  }

  clear(): void {
    this.#states = 0;
    this.#enabled.fill(0);
    this.#taken.fill(0);
    this.#last.fill(0);
  }

  /** Adds a state, with every transition of it that `isTaken` admits. */
  add(state: number, isTaken: (entry: number) => boolean): void {
    const { graph, fair } = this;
    const number = ++this.#states;
    const end = graph.rowStart(state + 1);
    for (let entry = graph.rowStart(state); entry < end; entry++) {
      if (graph.to(entry) < 0) continue;
      const takes = isTaken(entry);
      fair.forEach(graph.stimulus(entry), (group) => {
        if (takes) this.#taken[group] = 1;
        if (this.#last[group] === number) return;
        this.#last[group] = number;
        this.#enabled[group]!++;
      });
    }
  }

  /** The groups of a kind of fairness that a loop through all states and transitions added treats unfairly. */
  unmet(kind?: keyof Fairness): number[] {
    const isUnmet = (group: number): boolean => {
      const { fairness } = this.fair.groups[group]!;
      if (this.#taken[group] === 1 || (kind ?? fairness) !== fairness) return false;
      const enabled = this.#enabled[group]!;
      return fairness === 'weak' ? enabled === this.#states : enabled > 0;
    };
    return [...this.fair.groups.keys()].filter(isUnmet);
  }
}
