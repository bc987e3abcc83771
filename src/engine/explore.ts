import type { Message } from '../model/network.js';
import { Pace } from './pace.js';
import type { Reaction, Reactor } from './reactor.js';
import type { Tables } from './tables.js';
import { FULL, type Visited } from './visited.js';

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
  const pace = new Pace(tables.all.length, limits);
  const { visited } = pace;
  const after = reactor.state;
  const count = tables.stimuli.length;
  const finish = (expanded: number): Exploration => ({ ...pace.end(expanded), visited });

  before.set(tables.first);
  after.set(tables.first);
  visited.add(after, -1, -1);
  observer.state?.(0);

  for (let n = 0; n < visited.size; n++) {
    pace.enter(n);
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
        pace.transitions++;
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
      const to = pace.add(after, n, stimulus);
      if (to === FULL) return finish(n);
      pace.transitions++;
      if (to === size) observer.state?.(to);
      observer.transition?.(n, stimulus, to);
      if (pace.stopped !== undefined) return finish(n);
      after.set(before);
    }
    if (!offered) observer.deadlock?.(n);
    if (observer.enough?.()) pace.stopped = 'broken';
    else if (pace.isDue) await pace.rest(n + 1);
    if (pace.stopped !== undefined) return finish(n + 1);
  }
  return finish(visited.size);
}
