import type { SuccessorGraph } from '../store/successorGraph.js';
import { type FairnessGroups, GroupTally } from './fairnessGroups.js';

/** In place of a transition: a path may begin in the state. */
const BEGIN = -2;
const UNSEEN = -1;

/** A way from one state to another. */
export interface Way {
  /** The state in which it begins. */
  readonly begin: number;
  /** Its transitions. */
  readonly entries: readonly number[];
  /** The state in which it ends. */
  readonly end: number;
}

/** Finds shortest ways and short loops in a part of a graph. */
export class LassoSearch {
  /** By state: the transition by which it was first reached, BEGIN, or UNSEEN. */
  readonly #via: Int32Array;
  /** States in the order in which they were reached. */
  readonly #queue: Int32Array;

  constructor(
    readonly graph: SuccessorGraph,
    /** Number of states of the graph. */
    readonly size: number,
    /** Most states that one search reaches. */
    most: number,
  ) {
    this.#via = new Int32Array(size).fill(UNSEEN);
    this.#queue = new Int32Array(most);
  }

  /**
   * For each kind of end, the way with the shortest path to its end. `depths` are the distances of all states from the
   * first state, ascending. A way begins in a state that `begins` admits, goes over states that `isInside` admits, and
   * ends in a state of that kind. The distance of the beginning counts.
   */
  nearest<K>(
    depths: Int32Array,
    begins: (state: number) => boolean,
    isInside: (state: number) => boolean,
    kindsOf: (state: number) => readonly K[],
  ): Map<K, Way> {
    const via = this.#via;
    const queue = this.#queue;
    const found = new Map<K, Way>();
    /** By position in the queue: the distance from the first state. */
    const distances = new Int32Array(queue.length);
    let reached = 0;
    const reach = (state: number, entry: number, distance: number) => {
      via[state] = entry;
      distances[reached] = distance;
      queue[reached++] = state;
      for (const kind of kindsOf(state)) if (!found.has(kind)) found.set(kind, this.#wayTo(state));
    };
    let beginning = 0;
    for (let at = 0; ; at++) {
      // A way may begin in each state that is as near as the next one of the queue.
      let distance = at < reached ? distances[at]! : Number.POSITIVE_INFINITY;
      for (; beginning < this.size && depths[beginning]! <= distance; beginning++) {
        if (via[beginning] !== UNSEEN || !begins(beginning)) continue;
        distance = depths[beginning]!;
        reach(beginning, BEGIN, distance);
      }
      if (at === reached) break;
      this.#expand(queue[at]!, isInside, (to, entry) => reach(to, entry, distances[at]! + 1));
    }
    this.#forget(reached);
    return found;
  }

  /**
   * A short loop through `state` over states that `isInside` admits, as transitions. With `fair`, the loop is fair to
   * every group; there must be such a loop.
   */
  loop(state: number, isInside: (state: number) => boolean, fair: FairnessGroups): number[] {
    const { graph } = this;
    const walk: number[] = [];
    for (let at = state; ; at = graph.to(walk.at(-1)!)) {
      const loop = [...walk, ...this.#wayBy(at, isInside, (entry) => graph.to(entry) === state)];
      const unmet = this.unmet(loop, fair);
      if (unmet.length === 0) return loop;
      walk.push(...this.#wayBy(at, isInside, (entry) => this.#meets(entry, unmet, fair)));
    }
  }

  /** The groups to which a loop is not fair. */
  unmet(loop: readonly number[], fair: FairnessGroups): number[] {
    const tally = new GroupTally(fair, this.graph);
    for (const entry of loop) tally.add(this.graph.source(entry), (other) => other === entry);
    return tally.unmet();
  }

  /** Whether a transition takes one of these groups, or leads to a state that disables a weakly fair one. */
  #meets(entry: number, groups: readonly number[], fair: FairnessGroups): boolean {
    const { graph } = this;
    return groups.some(
      (group) =>
        fair.has(group, graph.stimulus(entry)) ||
        (fair.groups[group]!.fairness === 'weak' && !fair.isEnabled(group, graph, graph.to(entry))),
    );
  }

  /** The transitions of a shortest way from a state over states inside; the last one is the first that `isLast` admits. */
  #wayBy(
    from: number,
    isInside: (state: number) => boolean,
    isLast: (entry: number) => boolean,
  ): readonly number[] {
    const queue = this.#queue;
    let reached = 0;
    const reach = (state: number, entry: number) => {
      this.#via[state] = entry;
      queue[reached++] = state;
    };
    reach(from, BEGIN);
    let last: number | undefined;
    for (let at = 0; last === undefined; at++) {
      if (at === reached) throw new Error('a component is not strongly connected');
      const state = queue[at]!;
      const end = this.graph.rowStart(state + 1);
      for (let entry = this.graph.rowStart(state); entry < end && last === undefined; entry++) {
        const to = this.graph.to(entry);
        if (to < 0 || !isInside(to)) continue;
        if (isLast(entry)) last = entry;
        else if (this.#via[to] === UNSEEN) reach(to, entry);
      }
    }
    const way = [...this.#wayTo(this.graph.source(last)).entries, last];
    this.#forget(reached);
    return way;
  }

  /** Calls `reach` for each state inside that the transitions of a state lead to and that was not reached before. */
  #expand(
    state: number,
    isInside: (state: number) => boolean,
    reach: (to: number, entry: number) => void,
  ): void {
    const end = this.graph.rowStart(state + 1);
    for (let entry = this.graph.rowStart(state); entry < end; entry++) {
      const to = this.graph.to(entry);
      if (to >= 0 && this.#via[to] === UNSEEN && isInside(to)) reach(to, entry);
    }
  }

  /** The way to a state that was reached. */
  #wayTo(end: number): Way {
    const entries: number[] = [];
    let begin = end;
    for (let entry = this.#via[begin]!; entry !== BEGIN; entry = this.#via[begin]!) {
      entries.push(entry);
      begin = this.graph.source(entry);
    }
    return { begin, entries: entries.reverse(), end };
  }

  #forget(reached: number): void {
    for (let at = 0; at < reached; at++) this.#via[this.#queue[at]!] = UNSEEN;
  }
}
