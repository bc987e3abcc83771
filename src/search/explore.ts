import type { CompiledSystem } from '../interpret/compiledSystem.js';
import { LimitReached } from '../model/userError.js';
import type { PropertyMonitor } from '../properties/propertyMonitor.js';
import type { StateQuotient } from '../reduce/stateQuotient.js';
import { hasSpareCore } from '../store/lookupWorker.js';
import type { VisitedSet } from '../store/visitedSet.js';
import { Commit } from './commit.js';
import { Discovery } from './discovery.js';
import { CACHE_LIMITS, EffectCache, UNCACHED } from './effectCache.js';
import { Expansion } from './expansion.js';
import { Frontier } from './frontier.js';
import type { Limits } from './limits.js';
import type { Observer } from './observer.js';
import { SavePoint } from './savePoint.js';
import { SearchBudget } from './searchBudget.js';
import type { SearchParts } from './searchParts.js';
import type { SearchProgress, StopReason } from './searchProgress.js';
import { SleepSetSchedule } from './sleepSetSchedule.js';

/** Held states from which a second thread repays its start. */
const MANY = 500_000;
/** Most stimuli for which sleep sets are kept: they take one bit per stimulus for each state in the queue. */
const SLEEPERS = 256;
/** Bytes that the second thread itself takes. */
const THREAD = 32 << 20;

/**
 * The result of a search. `states` and `transitions` count those of the network itself, even where reductions held
 * fewer.
 */
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

/** Explores, breadth first, all states that the network can reach; with a reduction, only their representatives. */
export async function explore<W>(
  compiled: CompiledSystem<W>,
  monitor: PropertyMonitor<W>,
  observer: Observer,
  limits: Limits = {},
  reduction?: StateQuotient<W>,
  memo = CACHE_LIMITS,
): Promise<Exploration> {
  const budget = new SearchBudget(compiled.components.length, compiled.stimuli.length, limits);
  const cells = new EffectCache(
    compiled,
    monitor,
    budget.visited,
    // An uncached call would run from the representative only, not from every member of its local cycle.
    reduction?.localCycles ? { ...memo, trial: Number.POSITIVE_INFINITY } : memo,
    compiled.stimuli.length <= SLEEPERS && reduction === undefined && !observer.transition,
  );
  const search = new BreadthFirstSearch({ monitor, observer, reduction, budget, cells }, limits);
  try {
    return await search.run();
  } finally {
    budget.visited.end(budget.states);
  }
}

/**
 * Expands states in waves. Staging a wave computes the states that its calls lead to. Looking it up finds which of those
 * are held already. Committing it, state by state, checks the new ones. While one wave is looked up, the wave before it
 * is committed and the next one is staged.
 */
class BreadthFirstSearch<W> {
  readonly #sleepSets: SleepSetSchedule<W>;
  readonly #frontier: Frontier;
  readonly #discovery: Discovery<W>;
  readonly #expansion: Expansion<W>;
  readonly #savePoint: SavePoint<W>;
  readonly #commit: Commit<W>;
  readonly #workerThreshold: number;
  /** Whether a wave is looked up, and not yet committed. */
  #isFlying = false;

  constructor(
    readonly parts: SearchParts<W>,
    { sleepSetThreshold, memory, checkpoint, workerThreshold }: Limits,
  ) {
    const { budget, cells, monitor } = parts;
    this.#sleepSets = new SleepSetSchedule(cells, sleepSetThreshold);
    this.#frontier = new Frontier(budget.visited, monitor.compiled.stimuli.length, memory);
    this.#discovery = new Discovery(parts);
    this.#expansion = new Expansion(parts, this.#discovery.terminal);
    this.#savePoint = new SavePoint(parts, this.#frontier, this.#discovery, checkpoint);
    this.#commit = new Commit(parts, this.#frontier, this.#discovery, this.#savePoint);
    this.#workerThreshold = workerThreshold ?? (hasSpareCore() ? MANY : Number.POSITIVE_INFINITY);
  }

  async run(): Promise<Exploration> {
    const { budget } = this.parts;
    const { visited } = budget;
    if (!this.#savePoint.resume()) this.#addFirst();
    for (let begin = this.#frontier.next; ; ) {
      const evicted = await this.#evictIfDue();
      if (evicted !== undefined) return this.#resultAfter(evicted);
      const end = this.#frontier.endOf(begin, budget.states);
      const isComing = begin < end;
      if (isComing)
        try {
          this.#stage(begin, end);
        } catch (error) {
          if (!(error instanceof LimitReached)) throw error;
          const ended = await this.#land();
          if (ended === undefined) budget.giveUp(error);
          return this.#resultAfter(ended ?? begin);
        }
      if (!visited.mayHold(0)) budget.stopped = 'memory';
      visited.await();
      if (isComing) {
        this.#lookUp();
        begin = end;
      } else if (!this.#isFlying) break;
      const landed = this.#frontier.launch();
      const ended = this.#isFlying ? await this.#commit.commit(landed) : undefined;
      if (ended !== undefined) return this.#resultAfter(ended);
      this.#isFlying = isComing;
    }
    this.#savePoint.saveEnd();
    return this.#resultAfter(budget.states);
  }

  #addFirst(): void {
    const { monitor, reduction, budget } = this.parts;
    const state = Int32Array.from(monitor.compiled.first);
    reduction?.apply(state);
    budget.visited.add(state, -1, -1);
    this.#discovery.add(0, 0, -1, UNCACHED);
  }

  /**
   * Evicts the cached effects if the cache is full or sleep sets begin. A wave that is not committed still needs them,
   * so it is committed first. If the search ends there, returns how many states it has expanded.
   */
  async #evictIfDue(): Promise<number | undefined> {
    const { budget, cells } = this.parts;
    const begins = this.#sleepSets.isDue(budget.states);
    if (!cells.isFull && !begins) return undefined;
    const ended = await this.#land();
    if (ended !== undefined) return ended;
    cells.evictAll();
    cells.commutes ||= begins;
    return undefined;
  }

  /** Commits the wave that is being looked up, if there is one. If the search ends there: how many states it expanded. */
  async #land(): Promise<number | undefined> {
    this.parts.budget.visited.await();
    const ended = this.#isFlying ? await this.#commit.commit(this.#frontier.inFlight) : undefined;
    this.#isFlying = false;
    return ended;
  }

  #stage(begin: number, end: number): void {
    this.#sleepSets.onExpand();
    this.#expansion.stage(this.#frontier.staged, begin, end);
  }

  /** Begins to look up the staged wave. */
  #lookUp(): void {
    const { reduction, budget, cells } = this.parts;
    const { visited } = budget;
    const { batch } = this.#frontier.staged;
    if (
      budget.states >= this.#workerThreshold &&
      !visited.isShared &&
      visited.mayHold(visited.bytes + THREAD)
    ) {
      visited.useWorker();
      cells.move();
    }
    batch.differences = reduction ? undefined : cells.differences;
    visited.send(batch, this.#sleepSets.onLookup());
  }

  /** The result of a search that expanded so many states. */
  #resultAfter(expanded: number): Exploration {
    const { reduction, budget, cells } = this.parts;
    const { represented, terminal } = this.#discovery;
    return {
      ...budget.end(expanded),
      visited: budget.visited,
      cells: cells as EffectCache<unknown>,
      terminal,
      ...(reduction && { ...represented, held: budget.states }),
    };
  }
}
