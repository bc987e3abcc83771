import type { Successors } from '../engine/successors.js';

/** Where to go next: a transition (an entry of `successors`), a fresh start, or nowhere. */
export type Next = { readonly entry: number } | 'start over' | 'done';

/**
 * Plans walks from the first state that take every transition. At each state it takes one not yet
 * taken; where there is none it goes the shortest way to a state that has one, from where it
 * stands or, if that is shorter, from the start. The walker says what happened: on a real kernel
 * it may not be what was planned.
 */
export class Tour {
  readonly total: number;
  taken = 0;
  #done: Uint8Array;
  #blocked: Uint8Array;
  /** Transitions of a state that are neither taken nor blocked. */
  #open: Int32Array;
  #route: number[] = [];
  #from: Int32Array;
  #via: Int32Array;
  #queue: Int32Array;
  #round = 0;

  constructor(
    readonly successors: Successors,
    readonly states: number,
  ) {
    this.total = successors.size;
    this.#done = new Uint8Array(this.total);
    this.#blocked = new Uint8Array(this.total);
    this.#open = Int32Array.from(
      { length: states },
      (_, s) => successors.begin(s + 1) - successors.begin(s),
    );
    this.#from = new Int32Array(states);
    this.#via = new Int32Array(states);
    this.#queue = new Int32Array(states);
  }

  /** What to do at `state`, `steps` after the last start. */
  next(state: number): Next {
    const planned = this.#route.pop();
    if (planned !== undefined) return { entry: planned };
    if (this.#open[state]! > 0) return { entry: this.#firstOpen(state) };
    const here = this.#search(state);
    const fresh = state === 0 ? undefined : this.#search(0);
    if (here === undefined && fresh === undefined) return 'done';
    // A start costs about as much as a step.
    if (here === undefined || (fresh !== undefined && fresh.length + 1 < here.length))
      return 'start over';
    this.#route = here;
    return { entry: this.#route.pop()! };
  }

  /** The walk took this transition. */
  take(entry: number, state: number): void {
    if (this.#done[entry] === 1) return;
    this.#done[entry] = 1;
    this.taken++;
    if (this.#blocked[entry] === 0) this.#open[state]!--;
  }

  /** This transition cannot be taken; it is not tried again and no way leads over it. */
  block(entry: number, state: number): void {
    this.#route = [];
    if (this.#blocked[entry] === 1) return;
    this.#blocked[entry] = 1;
    if (this.#done[entry] === 0) this.#open[state]!--;
  }

  /** Forgets the way it was on: the walker is elsewhere. */
  lost(): void {
    this.#route = [];
  }

  isTaken(entry: number): boolean {
    return this.#done[entry] === 1;
  }

  #firstOpen(state: number): number {
    let entry = this.successors.begin(state);
    while (this.#done[entry] === 1 || this.#blocked[entry] === 1) entry++;
    return entry;
  }

  /** The shortest way from `start` to a state with an open transition, last step first. */
  #search(start: number): number[] | undefined {
    const { successors } = this;
    const mark = ++this.#round;
    const queue = this.#queue;
    let tail = 0;
    queue[tail++] = start;
    this.#from[start] = mark;
    for (let head = 0; head < tail; head++) {
      const state = queue[head]!;
      if (this.#open[state]! > 0) return this.#way(start, state);
      for (
        let entry = successors.begin(state), end = successors.begin(state + 1);
        entry < end;
        entry++
      ) {
        const to = successors.to(entry);
        if (this.#from[to] === mark || this.#blocked[entry] === 1) continue;
        this.#from[to] = mark;
        this.#via[to] = entry;
        queue[tail++] = to;
      }
    }
    return undefined;
  }

  #way(start: number, goal: number): number[] {
    const way: number[] = [];
    for (let state = goal; state !== start; ) {
      const entry = this.#via[state]!;
      way.push(entry);
      state = this.successors.stateOf(entry);
    }
    return way;
  }
}

/** Paths, as lists of entries, that take every transition; none is longer than `longest` steps. */
export function* tour(successors: Successors, states: number, longest = 200): Generator<number[]> {
  const plan = new Tour(successors, states);
  let path: number[] = [];
  let state = 0;
  for (let next = plan.next(state); next !== 'done'; next = plan.next(state)) {
    if (next === 'start over' || path.length >= longest) {
      yield path;
      plan.lost();
      path = [];
      state = 0;
    } else {
      plan.take(next.entry, state);
      path.push(next.entry);
      state = successors.to(next.entry);
    }
  }
  if (path.length > 0) yield path;
}
