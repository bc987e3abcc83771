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
const WORKER_STATES = 500_000;
/** Most stimuli for which sleep sets are kept: they take one bit per stimulus for each state in the queue. */
const SLEEP_SET_STIMULI = 256;
/** Bytes that the second thread itself takes. */
const WORKER_BYTES = 32 << 20;

/**
 * The result of a search. `states` and `transitions` count those of the network itself, even if a search with
 * reductions held fewer.
 */
export interface Exploration extends SearchProgress {
  /** With reductions: number of representative states held. */
  readonly held?: number;
  readonly complete: boolean;
  readonly stopped?: StopReason;
  /** One line about the call that took too many messages; unset if none did. */
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
    compiled.stimuli.length <= SLEEP_SET_STIMULI && reduction === undefined && !observer.transition,
  );
  const search = new BreadthFirstSearch({ monitor, observer, reduction, budget, cells }, limits);
  try {
    return await search.run();
  } finally {
    budget.visited.end(budget.states);
  }
}

/**
 * Expands states in waves. Staging a wave computes the targets of its calls. Looking it up finds the targets that are
 * already held. Committing it checks the new states in order. While one wave is looked up, the wave before it is
 * committed and the next one is staged.
 */
class BreadthFirstSearch<W> {
  readonly #sleepSets: SleepSetSchedule<W>;
  readonly #frontier: Frontier;
  readonly #discovery: Discovery<W>;
  readonly #expansion: Expansion<W>;
  readonly #savePoint: SavePoint<W>;
  readonly #commit: Commit<W>;
  readonly #workerThreshold: number;
  /** Whether a wave has been sent to lookup and is not committed. */
  #isInFlight = false;

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
    this.#workerThreshold =
      workerThreshold ?? (hasSpareCore() ? WORKER_STATES : Number.POSITIVE_INFINITY);
  }

  async run(): Promise<Exploration> {
    const { budget } = this.parts;
    const { visited } = budget;
    if (!this.#savePoint.resume()) this.#addFirst();
    for (let begin = this.#frontier.next; ; ) {
      const evicted = await this.#evictIfDue();
      if (evicted !== undefined) return this.#resultAfter(evicted);
      const end = this.#frontier.endOf(begin, budget.states);
      const isStaged = begin < end;
      if (isStaged)
        try {
          this.#stage(begin, end);
        } catch (error) {
          if (!(error instanceof LimitReached)) throw error;
          const ended = await this.#commitInFlight();
          if (ended === undefined) budget.giveUp(error);
          return this.#resultAfter(ended ?? begin);
        }
      if (!visited.mayHold(0)) budget.stopped = 'memory';
      visited.await();
      if (isStaged) {
        this.#lookUp();
        begin = end;
      } else if (!this.#isInFlight) break;
      const wave = this.#frontier.launch();
      const ended = this.#isInFlight ? await this.#commit.commit(wave) : undefined;
      if (ended !== undefined) return this.#resultAfter(ended);
      this.#isInFlight = isStaged;
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
   * so it is committed first. If the search ends in it, returns the number of expanded states.
   */
  async #evictIfDue(): Promise<number | undefined> {
    const { budget, cells } = this.parts;
    const begins = this.#sleepSets.isDue(budget.states);
    if (!cells.isFull && !begins) return undefined;
    const ended = await this.#commitInFlight();
    if (ended !== undefined) return ended;
    cells.evictAll();
    cells.commutes ||= begins;
    return undefined;
  }

  /** Commits the wave in lookup, if any. If the search ends in it, returns the number of expanded states. */
  async #commitInFlight(): Promise<number | undefined> {
    this.parts.budget.visited.await();
    const ended = this.#isInFlight ? await this.#commit.commit(this.#frontier.inFlight) : undefined;
    this.#isInFlight = false;
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
      visited.mayHold(visited.bytes + WORKER_BYTES)
    ) {
      visited.useWorker();
      cells.move();
    }
    batch.differences = reduction ? undefined : cells.differences;
    visited.send(batch, this.#sleepSets.onLookup());
  }

  /** The result of a search that expanded this number of states. */
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
