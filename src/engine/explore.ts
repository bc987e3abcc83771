import type { Message } from '../model/network.js';
import { BATCH, Cells, FAILS, FELLS, MEMO, OVER, PLAYED } from './cells.js';
import type { Checkpoint, Kept } from './checkpoint.js';
import type { Judge } from './judge.js';
import { Pace } from './pace.js';
import type { Reaction } from './reactor.js';
import type { Reduction } from './reduction.js';
import type { Tables } from './tables.js';
import { FULL, type Visited } from './visited.js';

export interface Limits {
  /** States to hold at most; the search stops before the next one. Default: no limit. */
  readonly maxStates?: number;
  /** Bytes the process may hold at most while it searches. Default: no limit. */
  readonly memory?: number;
  readonly signal?: AbortSignal;
  /** Where the search is kept, and goes on from if something is kept there; not with transitions that are kept. */
  readonly checkpoint?: Checkpoint;
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

/** What is told during the search. */
export interface Observer {
  /** Claims fall by a call, or (stimulus -1) by the first state. */
  fell(claims: readonly number[], from: number, stimulus: number): void;
  /** A state's turn has come; the judge's `before` is it. */
  state?(number: number): void;
  /** Every transition, once. */
  transition?(from: number, stimulus: number, to: number): void;
  /** A stimulus that was heard and did not fall silent well. */
  fault(
    from: number,
    stimulus: number,
    how: Exclude<Reaction, 'silence' | 'refused'>,
    lost: { to: string; message: Message } | undefined,
  ): void;
  /** No stimulus is offered here though the story is not over. */
  deadlock(number: number): void;
  /** Asked after each state: nothing more need be known. */
  enough(): boolean;
  /** What a checkpoint must hold of what was told. */
  readonly kept?: Kept;
}

/** `states` and `transitions` are those of the network itself, whatever was held of them. */
export interface Exploration extends Covered {
  /** With reductions: how many states were held for all. */
  readonly held?: number;
  readonly complete: boolean;
  readonly stopped?: Stop;
  readonly visited: Visited;
  readonly cells: Cells<unknown>;
  /** States where the story is over, ascending. */
  readonly over: readonly number[];
}

/** Between two states: the next one, and the batch it is expanded in. */
interface Position {
  readonly next: number;
  readonly batchBegin: number;
  readonly batchEnd: number;
  readonly whole: { readonly states: number; readonly transitions: number };
  /** How many states are `over`. */
  readonly ended: number;
}

/** Breadth-first over all states that the network can reach; with a reduction, over those it holds. */
export async function explore<W>(
  tables: Tables<W>,
  judge: Judge<W>,
  observer: Observer,
  limits: Limits = {},
  reduction?: Reduction<W>,
  memo = MEMO,
): Promise<Exploration> {
  const pace = new Pace(tables.all.length, limits);
  const { visited } = pace;
  const cells = new Cells(
    tables,
    judge,
    visited,
    // what is played is told of one state, and not of a lump
    reduction?.lumps ? { ...memo, trial: Number.POSITIVE_INFINITY } : memo,
  );
  const { reactor, before } = judge;
  const after = reactor.state;
  const lumps = reduction?.lumps;
  const over: number[] = [];
  let nextOver = 0;
  const whole = { states: 0, transitions: 0 };
  const least = new Int32Array(tables.all.length);
  const finish = (expanded: number): Exploration => ({
    ...pace.end(expanded),
    visited,
    cells: cells as Cells<unknown>,
    over,
    ...(reduction && { ...whole, held: visited.size }),
  });
  const fault = (
    n: number,
    stimulus: number,
    how: Exclude<Reaction, 'silence' | 'refused'>,
    lost: typeof reactor.lost,
  ) => {
    const component = lost && tables.all[lost.component]!;
    observer.fault(
      n,
      stimulus,
      how,
      component && { to: component.name, message: component.messages[lost.message]! },
    );
  };

  /** Judges a new state, which is the reactor's, and `least` is held for it. */
  const arrive = (number: number, from: number, stimulus: number) => {
    const fallen = judge.state(least);
    if (fallen.length > 0) observer.fell(fallen, from, stimulus);
    if (judge.over) over.push(number);
    cells.settle();
  };

  let next = 0;
  let batchBegin = 0;
  let batchEnd = 0;
  /** Where the story is over nothing is asked. */
  let overBefore = 0;
  const stand = (begin: number, end: number) => {
    batchBegin = begin;
    batchEnd = end;
    overBefore = over.findLastIndex((state) => state < begin) + 1;
    if (lumps !== undefined) return;
    const states: number[] = [];
    for (let state = begin, ended = overBefore; state < end; state++)
      if (over[ended] === state) ended++;
      else states.push(state);
    cells.expand(states);
  };
  const { checkpoint } = limits;
  const position: Kept = {
    save: (to) => {
      to.plain({ next, batchBegin, batchEnd, whole, ended: over.length });
      to.bytes(Int32Array.from(over));
    },
    restore: (from) => {
      const saved = from.plain<Position>();
      ({ next, batchBegin, batchEnd } = saved);
      Object.assign(whole, saved.whole);
      for (const state of from.bytes(new Int32Array(saved.ended))) over.push(state);
      while (over[nextOver]! < next) nextOver++;
      return true;
    },
  };
  const kept = [tables, judge, pace, position, ...(observer.kept ? [observer.kept] : [])];
  const save = (from: number) => {
    next = from;
    checkpoint?.save(kept);
    checkpoint?.reached(pace.transitions);
  };

  if (checkpoint?.restore(kept)) {
    checkpoint.reached(pace.transitions);
    checkpoint.resumed(pace.covered(next));
    cells.repack();
    // States of components are numbered as they are met, so what was expanded together is so again.
    if (next < batchEnd) stand(batchBegin, batchEnd);
  } else {
    before.set(tables.first);
    after.set(tables.first);
    least.set(after);
    if (reduction) whole.states += reduction.size(least, reduction.apply(least));
    visited.add(least, -1, -1);
    arrive(0, 0, -1);
  }

  for (let n = next; n < visited.size; n++) {
    if (n === batchEnd) stand(n, Math.min(n + BATCH, visited.size));
    pace.enter(n);
    const { transitions } = pace;
    visited.load(n, before);
    observer.state?.(n);
    if (over[nextOver] === n) {
      nextOver++;
      continue;
    }
    const count =
      lumps === undefined
        ? cells.take(n - batchBegin - (nextOver - overBefore))
        : cells.takeLumped(lumps);
    const { stimuli, found } = cells;
    visited.reserve(count);
    if (reduction === undefined) cells.stageAll(n, count);
    let offered = 0;
    for (let i = 0; i < count; i++) {
      const cell = found[i]!;
      const stimulus = stimuli[i]!;
      if (cell === PLAYED) {
        after.set(before);
        const reaction = reactor.react(stimulus);
        if (reaction === 'refused') continue;
        offered++;
        pace.transitions++;
        if (reaction !== 'silence') {
          fault(n, stimulus, reaction, reactor.lost);
          continue;
        }
      } else {
        offered++;
        pace.transitions++;
        if ((cells.marks[cell]! & FAILS) !== 0) {
          const { how, lost } = cells.failures.get(cell)!;
          fault(n, stimulus, how, lost);
          continue;
        }
      }
      let alike = 1;
      if (reduction !== undefined || cell === PLAYED) {
        if (cell === PLAYED) {
          least.set(after);
          if (reduction !== undefined) alike = reduction.apply(least);
        } else alike = reduction!.applyCall(cell, cells, before, least);
        while (!visited.stage(least, i)) {
          visited.widen(least);
          cells.repack();
          if (reduction === undefined) cells.stageAll(n, count);
        }
      }
      const { size } = visited;
      const to = visited.enter(i, n, stimulus);
      if (to === FULL) {
        pace.transitions--;
        pace.full();
        const exploration = finish(n);
        // Going on, the state is expanded anew.
        pace.transitions = transitions;
        save(n);
        return exploration;
      }
      if (to === size && reduction) whole.states += reduction.size(least, alike);
      if (cell === PLAYED) {
        const fallen = judge.step(stimulus);
        if (fallen.length > 0) observer.fell(fallen, n, stimulus);
      } else if ((cells.marks[cell]! & FELLS) !== 0)
        observer.fell(cells.fallen.get(cell)!, n, stimulus);
      if (to === size) {
        if (judge.judgesAlone || cell === PLAYED) arrive(to, n, stimulus);
        else if ((cells.marks[cell]! & OVER) !== 0) over.push(to);
      }
      if (cell === PLAYED) judge.touches.length = 0;
      observer.transition?.(n, stimulus, to);
    }
    if (lumps === undefined ? offered === 0 : cells.offered === 0) observer.deadlock(n);
    if (reduction !== undefined) {
      least.set(before);
      const alike = reduction.orbits?.least(least) ?? 1;
      whole.transitions += alike * (lumps === undefined ? offered : cells.offered);
    }
    if (observer.enough()) pace.stopped = 'broken';
    else if (pace.isDue) {
      await pace.rest(n + 1);
      if (pace.stopped !== undefined || checkpoint?.isDue(pace.transitions)) save(n + 1);
    }
    if (pace.stopped !== undefined) return finish(n + 1);
  }
  // Verdicts may take their time, too.
  if (checkpoint && pace.transitions >= checkpoint.first && next < visited.size) save(visited.size);
  return finish(visited.size);
}
