import type { CompiledSystem } from '../interpret/compiledSystem.js';
import { LimitReached } from '../model/userError.js';
import { BEFORE_ANY_CALL } from '../properties/breakClasses.js';
import { type PropertyMonitor, UNLABELLED } from '../properties/propertyMonitor.js';
import type { StateQuotient } from '../reduce/stateQuotient.js';
import type { Checkpointable } from '../store/checkpointable.js';
import { BATCH_STATES } from '../store/lookupTrees.js';
import { hasSpareCore } from '../store/lookupWorker.js';
import { StateLabels } from '../store/stateLabels.js';
import type { SuccessorBatch } from '../store/successorBatch.js';
import { FULL, type VisitedSet } from '../store/visitedSet.js';
import {
  CACHE_LIMITS,
  DISABLED,
  EffectCache,
  FAILS,
  type Failure,
  UNCACHED,
  VIOLATES,
} from './effectCache.js';
import type { Limits } from './limits.js';
import { SearchBudget } from './searchBudget.js';
import type { SearchProgress, StopReason } from './searchProgress.js';

/** Held states from which a second thread repays its start, and from which sleep sets repay their computation. */
const MANY = 500_000;
const COMMUTING = 50_000;
/** Most stimuli for which sleep sets are kept: they take one bit per stimulus for each state in the queue. */
const SLEEPERS = 256;
/** Most calls in a wave, and the bytes of memory budgeted for each. */
const CALLS = 98_304;
const BYTES_A_CALL = 40_000;
/** Bytes that the second thread itself takes. */
const THREAD = 32 << 20;

/** A transition that violates obligations. */
export interface Violation {
  readonly from: number;
  /** Stimulus number; -1: the first state itself violates them. */
  readonly stimulus: number;
  /** Number of its break class in the monitor's `classes`. */
  readonly breakClass: number;
  /** How many transitions of the network itself it represents; 1 without reductions. */
  readonly transitions: number;
}

/** Callbacks of a search. */
export interface Observer {
  /** A call, or the first state (stimulus -1), violates obligations. */
  violated(obligations: readonly number[], by: Violation): void;
  /** Called for each state in order, before its calls are made; the monitor's `before` holds the state. */
  state?(number: number): void;
  /** Called once for every transition. */
  transition?(from: number, stimulus: number, to: number): void;
  /** The same, but sleep sets may skip transitions to states that were found before. */
  successors?(from: number, stimulus: number, to: number): void;
  /** An enabled stimulus whose call did not reach quiescence. */
  wrongCall(from: number, stimulus: number, failure: Failure): void;
  /** No stimulus is enabled in this state, and it is not terminal. */
  deadlock(number: number): void;
  /** Called after each state; true stops the search. */
  enough(): boolean;
  /** The observer's own state, for checkpoints. */
  readonly kept?: Checkpointable;
}

/** `states` and `transitions` count those of the network itself, even where reductions held fewer. */
export interface Exploration extends SearchProgress {
  /** With reductions: how many representative states were held. */
  readonly held?: number;
  readonly complete: boolean;
  readonly stopped?: StopReason;
  /** One line that names the call that was given up, if one was. */
  readonly limit?: string;
  readonly visited: VisitedSet;
  readonly cells: EffectCache<unknown>;
  /** Terminal states, ascending. */
  readonly terminal: readonly number[];
}

const NONE: readonly number[] = [];

/** A position between two states: the next state, and the ends of the waves that were staged already. */
interface Position {
  readonly next: number;
  readonly ends: readonly number[];
  readonly whole: { readonly states: number; readonly transitions: number };
  /** How many states are terminal. */
  readonly ended: number;
}

/** What the monitor found in a call that is not cached. */
interface Played {
  /** The `step` obligations that it violates. */
  readonly obligations: readonly number[];
  readonly breakClass: number;
}

/** States that are expanded together, from `begin` up to (not including) `end`, and their calls. */
interface Wave {
  begin: number;
  end: number;
  readonly batch: SuccessorBatch;
  /** By call that is not cached: how it failed, or what the monitor found. */
  readonly played: Map<number, Failure | Played>;
  /** By state: where its calls end, and how many calls they are or represent; NaN in a terminal state. */
  readonly ends: Int32Array;
  readonly offered: Float64Array;
}

/**
 * Explores, breadth first, all states that the network can reach; with a reduction, only their representatives.
 *
 * States are expanded in waves. Staging a wave computes the states that its calls lead to. Looking it up finds which
 * of those are held already. Settling it, state by state, checks the new ones. While one wave is looked up, the wave
 * before it is settled and the next one is staged.
 */
export async function explore<W>(
  compiled: CompiledSystem<W>,
  monitor: PropertyMonitor<W>,
  observer: Observer,
  limits: Limits = {},
  reduction?: StateQuotient<W>,
  memo = CACHE_LIMITS,
): Promise<Exploration> {
  const budget = new SearchBudget(compiled.components.length, compiled.stimuli.length, limits);
  const { visited } = budget;
  const sleeps =
    compiled.stimuli.length <= SLEEPERS && reduction === undefined && !observer.transition;
  const { sleepSetThreshold = COMMUTING } = limits;
  const cells = new EffectCache(
    compiled,
    monitor,
    visited,
    // An uncached call would run from the representative only, not from every member of its local cycle.
    reduction?.localCycles ? { ...memo, trial: Number.POSITIVE_INFINITY } : memo,
    sleeps,
  );
  if (cells.commuting)
    visited.computeSleepSets(
      cells.commuting.masks,
      Int32Array.from(compiled.stimuli, (words) => words[0]!),
    );
  cells.commutes = sleeps && sleepSetThreshold <= 1;
  let { generation } = cells;
  const { interpreter, before } = monitor;
  const after = interpreter.state;
  const localCycles = reduction?.localCycles;
  const { workerThreshold = hasSpareCore() ? MANY : Number.POSITIVE_INFINITY, checkpoint } = limits;
  // Each call may add to the tables. Memory is checked only between two waves, so it limits their size.
  const calls = Math.min(CALLS, (limits.memory ?? Number.POSITIVE_INFINITY) / BYTES_A_CALL);
  const together = Math.max(1, Math.min(BATCH_STATES, Math.floor(calls / compiled.stimuli.length)));
  const terminal: number[] = [];
  let nextTerminal = 0;
  const whole = { states: 0, transitions: 0 };
  const least = new Int32Array(compiled.components.length);
  const wave = (): Wave => ({
    begin: 0,
    end: 0,
    batch: visited.batch(),
    played: new Map(),
    ends: new Int32Array(BATCH_STATES),
    offered: new Float64Array(BATCH_STATES),
  });
  let staged = wave();
  let inFlight = wave();
  let committed = inFlight;
  /** The next state to settle; and the ends of the next waves, where they were staged before the checkpoint. */
  let next = 0;
  const planned: number[] = [];

  const finish = (expanded: number): Exploration => ({
    ...budget.end(expanded),
    visited,
    cells: cells as EffectCache<unknown>,
    terminal,
    ...(reduction && { ...whole, held: budget.states }),
  });
  const labels = new StateLabels();
  const reached: number[] = [];
  /** Adds and checks the new state in `least`, found by a call from a state or as the first state (stimulus -1). */
  const addState = (number: number, from: number, stimulus: number, cell: number) => {
    budget.states = number + 1;
    if (reduction)
      whole.states += reduction.size(least, reduction.orbits?.canonicalRepresentative(least) ?? 1);
    after.set(least);
    reached.length = 0;
    const label =
      cell === UNCACHED || reduction !== undefined
        ? monitor.label(least, reached)
        : monitor.labelAfter(labels.of(from), cells.changes, cell, least, reached);
    if (monitor.hasGrown && cells.commutes) cells.doubt();
    monitor.hasGrown = false;
    labels.set(number, label);
    if (label !== UNLABELLED && monitor.isOver(label)) terminal.push(number);
    // `settle` reports each call that breaks a state rule.
    const obligations = stimulus < 0 ? [...reached, ...monitor.violatedIn(label)] : reached;
    if (obligations.length > 0)
      observer.violated([...obligations], {
        from,
        stimulus,
        breakClass: BEFORE_ANY_CALL,
        transitions: 1,
      });
  };
  /**
   * The state obligations that a call newly violates if it leads to a state with this label. A representative's label
   * is about other things than those that the call led to, so with a reduction the call is made and its state is
   * labelled.
   */
  const newlyViolated = (from: number, label: number, stimulus: number, cell: number) => {
    if (reduction === undefined || label === UNLABELLED)
      return monitor.newlyViolated(labels.of(from), label);
    visited.load(from, before);
    after.set(before);
    if (cell === UNCACHED) interpreter.step(stimulus);
    else cells.write(cell, before, after);
    return monitor.newlyViolated(monitor.label(before), monitor.label(after));
  };
  /** Queues a violation by a call, to be reported once the state that it starts from is settled. */
  const tell = (
    obligations: readonly number[],
    breakClass: number,
    from: number,
    stimulus: number,
  ) => {
    if (reduction !== undefined) visited.load(from, before);
    const transitions = reduction?.transitions(before, compiled.stimuli[stimulus]![0]!) ?? 1;
    untold.push([obligations, { from, stimulus, breakClass, transitions }]);
  };
  /** Violations of the state being settled. A checkpoint holds them only once all calls of that state are settled. */
  const untold: Parameters<Observer['violated']>[] = [];
  const tellAll = () => {
    for (const [obligations, violation] of untold) observer.violated(obligations, violation);
    untold.length = 0;
  };

  /**
   * Stages the calls of state `n`, which the monitor's `before` holds; it is the `i`th of those that were expanded.
   * Returns how many enabled calls they are or represent, those in the sleep set included.
   */
  const stageCalls = (wave: Wave, n: number, i: number): number => {
    const { batch } = wave;
    const count = localCycles === undefined ? cells.take(i) : cells.takeLumped(localCycles);
    const { stimuli, found } = cells;
    const first = batch.count;
    batch.reserve(count);
    batch.count += count;
    let { enabled } = cells;
    for (let c = 0, at = first; c < count; c++, at++) {
      const stimulus = stimuli[c]!;
      const cell = found[c]!;
      batch.parents[at] = n;
      batch.stimuli[at] = stimulus;
      batch.cells[at] = cell;
      if (reduction === undefined && cell !== UNCACHED) continue;
      least.set(before);
      if (cell !== UNCACHED) reduction!.applyCall(cell, cells, before, least);
      else {
        after.set(before);
        const how = interpreter.step(stimulus);
        if (how === 'quiescence') {
          const obligations = monitor.step(stimulus);
          wave.played.set(at, { obligations, breakClass: monitor.breakClass(stimulus) });
          least.set(after);
          reduction?.apply(least);
        } else if (how === 'disabled') {
          batch.cells[at] = DISABLED;
          enabled--;
        } else wave.played.set(at, { how, lost: interpreter.unhandled });
        monitor.touches.length = 0;
      }
      while (!visited.stage(least, batch, at)) {
        visited.widen(least);
        cells.repack();
      }
    }
    if (reduction === undefined) return enabled;
    least.set(before);
    const alike = reduction.orbits?.canonicalRepresentative(least) ?? 1;
    return alike * (localCycles === undefined ? enabled : cells.enabled);
  };

  const stage = (wave: Wave, begin: number, end: number) => {
    // The sleep sets were computed from effects that have been evicted.
    if (cells.generation !== generation) visited.ignoreSleepSetsBelow(Number.POSITIVE_INFINITY);
    Object.assign(wave, { begin, end });
    wave.batch.count = 0;
    wave.played.clear();
    const open: number[] = [];
    for (let n = begin; n < end; n++)
      if (terminal[nextTerminal] === n) nextTerminal++;
      else open.push(n);
    if (localCycles === undefined) cells.expand(open, cells.commutes);
    for (let n = begin, i = 0; n < end; n++) {
      visited.load(n, before);
      observer.state?.(n);
      wave.offered[n - begin] = open[i] === n ? stageCalls(wave, n, i++) : Number.NaN;
      wave.ends[n - begin] = wave.batch.count;
    }
  };

  const position: Checkpointable = {
    save: (to) => {
      // A resumed search repeats the wave being settled and the one behind it, which may be empty.
      const behind = [staged, inFlight].find(({ begin }) => begin === committed.end);
      const ends = next < committed.end ? [committed.end] : [];
      if (ends.length > 0 || behind !== undefined) ends.push(behind?.end ?? committed.end);
      to.plain({ next, ends, whole, ended: terminal.length });
      to.bytes(Int32Array.from(terminal));
      labels.save(to);
    },
    restore: (from) => {
      const saved = from.plain<Position>();
      next = saved.next;
      planned.push(...saved.ends);
      Object.assign(whole, saved.whole);
      for (const state of from.bytes(new Int32Array(saved.ended))) terminal.push(state);
      while (terminal[nextTerminal]! < next) nextTerminal++;
      return labels.restore(from);
    },
  };
  const kept = [
    ...[compiled, monitor, cells.trees, budget, position],
    ...(localCycles ? [localCycles] : []),
    ...(observer.kept ? [observer.kept] : []),
  ];
  const save = (from: number) => {
    next = from;
    checkpoint?.save(kept);
    checkpoint?.schedule(budget.transitions);
  };

  /**
   * Calls of the state being settled that violate an obligation or reach a terminal state. They stay out of the sleep
   * sets of the states found from it.
   */
  const awake: number[] = [];
  /** Settles a wave that was looked up. Returns a result if the search ends there. */
  const commit = async (wave: Wave): Promise<Exploration | undefined> => {
    committed = wave;
    const { begin, end } = wave;
    const { stimuli, numbers, cells: taken } = wave.batch;
    for (let n = begin, at = 0; n < end; n++) {
      budget.onExpand(n);
      const offered = wave.offered[n - begin]!;
      let count = 0;
      const firstNew = budget.states;
      awake.length = 0;
      for (const last = wave.ends[n - begin]!; at < last; at++) {
        const cell = taken[at]!;
        if (cell === DISABLED) continue;
        count++;
        const stimulus = stimuli[at]!;
        const made = cell === UNCACHED ? wave.played.get(at)! : undefined;
        const marks = made === undefined ? cells.marks[cell]! : 0;
        const failure =
          made === undefined || !('how' in made)
            ? (marks & FAILS) === 0
              ? undefined
              : cells.failures.get(cell)!
            : made;
        if (failure !== undefined) {
          observer.wrongCall(n, stimulus, failure);
          continue;
        }
        const to = numbers[at]!;
        if (to === FULL) {
          // A resumed search expands this state again.
          budget.full();
          save(n);
          tellAll();
          return finish(n);
        }
        if (to === budget.states) {
          visited.load(to, least);
          addState(to, n, stimulus, cell);
          if (localCycles && terminal.at(-1) === to) {
            visited.load(n, least);
            localCycles.ended(stimulus, least, cells.changes, cell);
          }
        }
        const played = made as Played | undefined;
        const label = labels.of(to);
        const obligations =
          played?.obligations ?? ((marks & VIOLATES) === 0 ? NONE : cells.violated.get(cell)!);
        const newly = newlyViolated(n, label, stimulus, cell);
        const isViolation = obligations.length + newly.length > 0;
        if (isViolation) {
          const breakClass = played?.breakClass ?? cells.breakClasses.get(cell)!;
          tell([...obligations, ...newly], breakClass, n, stimulus);
        }
        if (isViolation || (label !== UNLABELLED && monitor.isOver(label))) awake.push(stimulus);
        observer.transition?.(n, stimulus, to);
        observer.successors?.(n, stimulus, to);
      }
      tellAll();
      if (cells.commutes) visited.removeFromSleepSets(awake, firstNew, budget.states);
      if (offered === 0) observer.deadlock(n);
      if (Number.isNaN(offered)) continue;
      // Calls in the sleep set count as transitions. A representative's calls count once here, and in full in `whole`.
      budget.transitions += reduction === undefined ? offered : count;
      if (reduction !== undefined) whole.transitions += offered;
      if (observer.enough()) budget.stopped = 'broken';
      else if (budget.isDue) {
        await budget.yieldToEventLoop(n + 1);
        if (budget.stopped !== undefined || checkpoint?.shouldSave(budget.transitions)) save(n + 1);
      }
      if (budget.stopped !== undefined) return finish(n + 1);
    }
    visited.discardSleepSets(end);
    return undefined;
  };

  if (checkpoint?.restore(kept)) {
    checkpoint.schedule(budget.transitions);
    checkpoint.resumed(budget.progress(next));
    cells.repack();
  } else {
    least.set(compiled.first);
    reduction?.apply(least);
    visited.add(least, -1, -1);
    addState(0, 0, -1, UNCACHED);
    if (terminal.length > 0 && localCycles) localCycles.endedAtOnce(least);
  }

  const walk = async (): Promise<Exploration> => {
    let isFlying = false;
    for (let begin = next; ; ) {
      // Effects cached before sleep sets are computed have no dependency masks, so they are evicted.
      const isWorthIt = sleeps && !cells.commutes && budget.states >= sleepSetThreshold;
      if (cells.isFull || isWorthIt) {
        // A wave that is not settled still needs its cached effects.
        visited.await();
        const ended = isFlying ? await commit(inFlight) : undefined;
        if (ended !== undefined) return ended;
        isFlying = false;
        cells.evictAll();
        cells.commutes ||= isWorthIt;
      }
      const end = planned.shift() ?? Math.min(begin + together, budget.states);
      const isComing = begin < end;
      if (isComing)
        try {
          stage(staged, begin, end);
        } catch (error) {
          if (!(error instanceof LimitReached)) throw error;
          visited.await();
          const ended = isFlying ? await commit(inFlight) : undefined;
          if (ended !== undefined) return ended;
          budget.giveUp(error);
          return finish(begin);
        }
      if (!visited.mayHold(0)) budget.stopped = 'memory';
      visited.await();
      if (isComing) {
        const isWorthIt = budget.states >= workerThreshold && !visited.isShared;
        if (isWorthIt && visited.mayHold(visited.bytes + THREAD)) {
          visited.useWorker();
          cells.move();
        }
        staged.batch.differences = reduction ? undefined : cells.differences;
        const isKnown = cells.generation === generation;
        if (!isKnown) visited.ignoreSleepSetsBelow(visited.size);
        generation = cells.generation;
        visited.send(staged.batch, cells.commutes && isKnown);
        begin = end;
      }
      [inFlight, staged] = [staged, inFlight];
      if (isFlying) {
        const ended = await commit(staged);
        if (ended !== undefined) return ended;
      } else if (!isComing) break;
      isFlying = isComing;
    }
    // Computing the verdicts may also take long.
    if (checkpoint && budget.transitions >= checkpoint.first && next < budget.states)
      save(budget.states);
    return finish(budget.states);
  };
  try {
    return await walk();
  } finally {
    visited.end(budget.states);
  }
}
