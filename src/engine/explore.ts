import type { Message } from '../model/network.js';
import type { Reaction, Reactor } from './reactor.js';
import type { Tables } from './tables.js';
import { FULL, Visited } from './visited.js';

export interface Limits {
  /** States to hold at most; the search stops before the next one. Default: no limit. */
  readonly maxStates?: number;
  /** Bytes the search may hold at most. Default: no limit. */
  readonly memory?: number;
  readonly signal?: AbortSignal;
  /** Told every 65,536 transitions or so. */
  readonly progress?: (covered: Covered) => void;
}

export interface Covered {
  readonly states: number;
  readonly transitions: number;
  /** Length of the longest shortest path walked so far. */
  readonly depth: number;
  /** States found and not yet expanded. */
  readonly queue: number;
}

/** Why a search ended before everything was seen. */
export type Stop = 'states' | 'memory' | 'interrupted' | 'broken';

/** What is told during the search; state arrays are borrowed and change after the call returns. */
export interface Observer {
  /** A new state, in breadth-first order. */
  state?(number: number): void;
  /** Every transition, once; the reactor's `said` holds what was said to the world. */
  transition?(from: number, stimulus: number, to: number): void;
  /** A stimulus that was heard and did not fall silent well. */
  fault?(
    from: number,
    stimulus: number,
    how: Exclude<Reaction, 'silence' | 'refused'>,
    lost: { to: string; message: Message } | undefined,
  ): void;
  /** No stimulus is offered here though the story is not over. */
  deadlock?(number: number): void;
  /** The story is over here. */
  ended?(number: number): void;
  /** Asked after each state: nothing more need be known. */
  enough?(): boolean;
}

export interface Exploration extends Covered {
  readonly complete: boolean;
  readonly stopped?: Stop;
  readonly visited: Visited;
}

const SLICE = 65_536;

/**
 * Breadth-first over all states that the network can reach. `before` and `after` are the arrays
 * that observers' worlds were bound to: the state under expansion and the state just reached.
 */
export async function explore(
  tables: Tables,
  before: Int32Array,
  reactor: Reactor,
  ends: () => boolean,
  observer: Observer,
  limits: Limits = {},
): Promise<Exploration> {
  const {
    maxStates = Number.POSITIVE_INFINITY,
    memory = Number.POSITIVE_INFINITY,
    signal,
    progress,
  } = limits;
  const visited = new Visited(tables.all.length, maxStates);
  const after = reactor.state;
  const count = tables.stimuli.length;
  let transitions = 0;
  let depth = 0;
  let levelEnd = 1;
  let slice = SLICE;
  let stopped: Stop | undefined;

  const covered = (expanded: number): Covered => ({
    states: visited.size,
    transitions,
    depth,
    queue: visited.size - expanded,
  });
  const finish = (expanded: number): Exploration => ({
    ...covered(expanded),
    complete: stopped === undefined,
    ...(stopped === undefined ? {} : { stopped }),
    visited,
  });

  before.set(tables.first);
  after.set(tables.first);
  visited.add(after, -1, -1);
  observer.state?.(0);

  for (let n = 0; n < visited.size; n++) {
    if (n === levelEnd) {
      depth++;
      levelEnd = visited.size;
    }
    visited.load(n, before);
    if (ends()) {
      observer.ended?.(n);
      continue;
    }
    after.set(before);
    let offered = false;
    for (let stimulus = 0; stimulus < count; stimulus++) {
      const reaction = reactor.react(stimulus);
      if (reaction === 'refused') continue;
      offered = true;
      if (reaction !== 'silence') {
        transitions++;
        const { lost } = reactor;
        observer.fault?.(
          n,
          stimulus,
          reaction,
          lost && {
            to: tables.all[lost.component]!.name,
            message: tables.all[lost.component]!.messages[lost.message]!,
          },
        );
        after.set(before);
        continue;
      }
      const size = visited.size;
      const to = visited.add(after, n, stimulus);
      if (to === FULL) {
        stopped = 'states';
        return finish(n);
      }
      transitions++;
      if (to === size) {
        if (visited.bytes > memory) stopped = 'memory';
        observer.state?.(to);
      }
      observer.transition?.(n, stimulus, to);
      if (stopped !== undefined) return finish(n);
      after.set(before);
    }
    if (!offered) observer.deadlock?.(n);
    if (observer.enough?.()) {
      stopped = 'broken';
      return finish(n + 1);
    }
    if (transitions >= slice) {
      slice = transitions + SLICE;
      progress?.(covered(n + 1));
      await new Promise(setImmediate);
      if (signal?.aborted) {
        stopped = 'interrupted';
        return finish(n + 1);
      }
    }
  }
  return finish(visited.size);
}
