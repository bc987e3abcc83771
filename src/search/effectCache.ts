import type { CompiledSystem, UnhandledEvent } from '../interpret/compiledSystem.js';
import type { StepResult } from '../interpret/interpreter.js';
import { UNHANDLED } from '../interpret/transitionTable.js';
import type { PropertyMonitor } from '../properties/propertyMonitor.js';
import { Independence } from '../reduce/independence.js';
import type { LocalCycles } from '../reduce/localCycles.js';
import { BATCH_STATES, NOT_CACHED } from '../store/lookupTrees.js';
import { grow } from '../store/typedArrays.js';
import type { VisitedSet } from '../store/visitedSet.js';
import { WriteSets } from '../store/writeSets.js';
import { DecisionTrees } from './decisionTrees.js';

/** In place of a cached effect: the stimulus is disabled. */
export const DISABLED = 0;
/**
 * In place of a cached effect: the search executes and checks the call each time, because caching does not pay. `expandCached`
 * relies on this number.
 */
export const UNCACHED = 1;

/** Marks of a cached effect: the call did not reach quiescence; it violates `step` rules. */
export const FAILS = 1;
export const VIOLATES = 2;

/** Limits of the cache. */
export interface CacheLimits {
  /** Most words of the decision trees, and most cached effects; beyond either, everything is evicted. */
  readonly words: number;
  readonly cells: number;
  /**
   * After this many misses of a stimulus its hits are counted: if they are fewer than half as many, the stimulus is not
   * cached any more. Infinite: every stimulus stays cached.
   */
  readonly trial: number;
}
/** The default limits. */
export const CACHE_LIMITS: CacheLimits = { words: 1 << 25, cells: 1 << 20, trial: 20_000 };

/** How a call failed to reach quiescence, and the unhandled event, if there was one. */
export interface Failure {
  readonly how: Exclude<StepResult, 'quiescence' | 'disabled'>;
  readonly unhandled: UnhandledEvent | undefined;
}

/** Consecutive stimuli whose first event goes to one component; by state of the component, the enabled stimuli. */
interface Run {
  readonly component: number;
  readonly stimuli: number[];
  readonly enabled: (Int32Array | undefined)[];
  /** The same as bits, in the words from `word` on. */
  readonly bits: (Int32Array | undefined)[];
  readonly word: number;
  readonly cycleCalls: (CycleCalls | undefined)[];
}

/** Pairs of a local cycle's member and a stimulus enabled there; the number of local calls; the number of members. */
interface CycleCalls {
  readonly members: readonly number[];
  readonly stimuli: readonly number[];
  readonly local: number;
  readonly among: number;
}

/**
 * Memoized effects of calls. The effect of a call, and the verdict of rules on it, depend only on the components that
 * the call and the rules read. One cached effect, numbered by its `cell`, therefore serves all states that agree in
 * these components, and the stimulus' decision tree finds it by them alone.
 *
 * A cached effect holds its change as a bit pattern: the XOR of the packed states before and after the call.
 */
export class EffectCache<W> {
  /** Of the state taken last: the enabled stimuli, and the cached effect of each. */
  stimuli: Int32Array;
  found: Int32Array;
  /** Calls enabled in the state taken last, or in all states that it represents. */
  enabled = 0;
  /** By cached effect: packed differences, `layout.words` each. */
  differences: Int32Array;
  /** By cached effect: the `step` obligations that it violates; no entry if it violates none. */
  readonly violated = new Map<number, readonly number[]>();
  /** By cached effect that reaches quiescence: its break class. */
  readonly breakClasses = new Map<number, number>();
  readonly failures = new Map<number, Failure>();
  /** By cached effect: FAILS and VIOLATES; 0 for most. */
  marks = new Uint8Array(1 << 8);
  readonly #components: number;
  readonly #runs: Run[] = [];
  readonly trees: DecisionTrees<W>;
  #cells = 2;
  /** The write set of each cached effect. */
  readonly changes = new WriteSets();
  /** The independence relation, unset if not requested, and whether new effects are added to it now. */
  readonly commuting: Independence<W> | undefined;
  commutes = false;
  /** By state of the batch: bits of the stimuli to look up, and the size of its sleep set (enabled, not looked up). */
  readonly #words: number;
  readonly #lookupBits: Int32Array;
  /** By stimulus: how many of its cached effects were taken from the batch. */
  readonly #takenCount: Int32Array;
  readonly #sleepSetSizes = new Int32Array(BATCH_STATES);
  /** Number of times that effects were evicted or became stale. */
  generation = 0;
  readonly #misses: Int32Array;
  readonly #hits: Int32Array;

  constructor(
    readonly compiled: CompiledSystem<W>,
    readonly monitor: PropertyMonitor<W>,
    readonly visited: VisitedSet,
    readonly memo: CacheLimits = CACHE_LIMITS,
    /** Whether to compute the independence relation. */
    commutes = false,
  ) {
    const components = compiled.components.length;
    const count = compiled.stimuli.length;
    this.#components = components;
    this.commuting = commutes
      ? new Independence(
          compiled,
          this.changes,
          (length) => visited.allocate(length),
          () => visited.await(),
        )
      : undefined;
    this.differences = visited.allocate(this.marks.length * visited.layout.words);
    this.trees = new DecisionTrees(compiled, (length) => visited.allocate(length));
    this.#takenCount = new Int32Array(count);
    this.#words = (count + 31) >> 5;
    this.#lookupBits = new Int32Array(BATCH_STATES * this.#words);
    this.stimuli = new Int32Array(count);
    this.found = new Int32Array(count);
    this.#misses = new Int32Array(count);
    this.#hits = new Int32Array(count);
    for (const [stimulus, words] of compiled.stimuli.entries()) {
      const component = words[0]!;
      const last = this.#runs.at(-1);
      if (last?.component === component) last.stimuli.push(stimulus);
      else {
        const word = stimulus >> 5;
        this.#runs.push({
          component,
          stimuli: [stimulus],
          enabled: [],
          bits: [],
          word,
          cycleCalls: [],
        });
      }
    }
  }

  /**
   * Finds the cached effects of all stimuli enabled in these states, at most BATCH_STATES. Goes stimulus by stimulus,
   * so that the processor's cache holds one decision tree at a time. With `withSleepSets`, leaves out the sleep sets.
   */
  expand(numbers: readonly number[], withSleepSets = false): void {
    const { before } = this.monitor;
    const components = this.#components;
    const states = this.trees.trees.states;
    const words = this.#words;
    const count = numbers.length;
    for (let b = 0; b < count; b++) {
      this.visited.load(numbers[b]!, before);
      states.set(before, b * components);
      this.trees.makeRoom(before);
    }
    this.#loadSleepSets(numbers, withSleepSets);
    const queue = this.trees.trees.queue;
    const queued = this.trees.trees.queued;
    const lookupBits = this.#lookupBits;
    queued.fill(0);
    this.#takenCount.fill(0);
    for (let b = 0, at = 0; b < count; b++)
      for (let w = 0; w < words; w++, at++)
        for (let left = lookupBits[at]!; left !== 0; left &= left - 1) {
          const stimulus = w * 32 + 31 - Math.clz32(left & -left);
          queue[stimulus * BATCH_STATES + queued[stimulus]!++] = b;
        }
    this.visited.lookupTrees(this.trees.trees);
    for (let stimulus = 0; stimulus < queued.length; stimulus++) this.#computeMissed(stimulus);
  }

  /** Computes which stimuli are enabled in each state of the batch and not in its sleep set. */
  #loadSleepSets(numbers: readonly number[], withSleepSets: boolean): void {
    const lookupBits = this.#lookupBits;
    const words = this.#words;
    for (let b = 0; b < numbers.length; b++) {
      const at = b * words;
      for (let w = 0; w < words; w++) lookupBits[at + w] = 0;
      for (let r = 0; r < this.#runs.length; r++) {
        const { component, bits, word } = this.#runs[r]!;
        const here = this.trees.trees.states[b * this.#components + component]!;
        bits[here] ??= this.#bitsOf(this.#runs[r]!, here);
        const some = bits[here];
        for (let i = 0; i < some.length; i++) lookupBits[at + word + i]! |= some[i]!;
      }
      this.#sleepSetSizes[b] = withSleepSets
        ? this.visited.sleepSetOf(numbers[b]!, lookupBits, at)
        : 0;
    }
  }

  #bitsOf({ component, enabled: offered, stimuli, word }: Run, here: number): Int32Array {
    offered[here] ??= this.#enabledIn(stimuli, component, here);
    const bits = new Int32Array((stimuli.at(-1)! >> 5) - word + 1);
    for (const stimulus of offered[here]) bits[(stimulus >> 5) - word]! |= 1 << (stimulus & 31);
    return bits;
  }

  /**
   * Collects the effects that `expand` found for state `b` of its batch, in the order of the stimuli. Returns their
   * number. States must be taken in the order of the batch.
   */
  take(b: number): number {
    const { stimuli, found } = this;
    const all = this.trees.trees.found;
    const lookupBits = this.#lookupBits;
    const words = this.#words;
    const takenCount = this.#takenCount;
    let count = 0;
    for (let w = 0; w < words; w++)
      for (let left = lookupBits[b * words + w]!; left !== 0; left &= left - 1) {
        const stimulus = w * 32 + 31 - Math.clz32(left & -left);
        const cell = all[stimulus * BATCH_STATES + takenCount[stimulus]!++]!;
        if (cell === DISABLED) continue;
        stimuli[count] = stimulus;
        found[count++] = cell;
      }
    this.enabled = count + this.#sleepSetSizes[b]!;
    return count;
  }

  /**
   * The same for the monitor's `before`, whose digits represent local cycles: collects the calls enabled in any member
   * of the called component's cycle, except those that stay in it. Returns their number; `enabled` then counts the
   * calls of all states that this one represents.
   */
  takeCycle(localCycles: LocalCycles<W>): number {
    const { before } = this.monitor;
    const size = localCycles.size(before);
    this.trees.makeRoom(before);
    let count = 0;
    this.enabled = 0;
    for (const run of this.#runs) {
      const { component, cycleCalls: lumped } = run;
      const here = before[component]!;
      lumped[here] ??= this.#enabledInCycle(run, localCycles, here);
      const { members, stimuli, local, among } = lumped[here];
      this.enabled += (size / among) * local;
      for (let i = 0; i < stimuli.length; i++) {
        const stimulus = stimuli[i]!;
        before[component] = members[i]!;
        const cell = this.#find(stimulus, before);
        if (cell === DISABLED) continue;
        if (count === this.stimuli.length) this.#growCalls();
        this.stimuli[count] = stimulus;
        this.found[count++] = cell;
        this.enabled += size / among;
      }
      before[component] = here;
    }
    return count;
  }

  /** The stimuli enabled in each member of a component's local cycle, except those that stay in the cycle. */
  #enabledInCycle(run: Run, localCycles: LocalCycles<W>, here: number): CycleCalls {
    const { component, enabled: offered } = run;
    const cycle = localCycles.members(component, here);
    const members: number[] = [];
    const stimuli: number[] = [];
    let local = 0;
    for (const member of cycle) {
      this.trees.makeRoomFor(component, member);
      offered[member] ??= this.#enabledIn(run.stimuli, component, member);
      for (const stimulus of offered[member]) {
        if (localCycles.isLocal(stimulus, component, member)) {
          local++;
          this.#exercise(stimulus, component, member);
        } else {
          members.push(member);
          stimuli.push(stimulus);
        }
      }
    }
    return { members, stimuli, local, among: cycle.length };
  }

  /** Executes a call from `before`, with one component in another state, to record the items that it exercises. */
  #exercise(stimulus: number, component: number, digit: number): void {
    const { interpreter, before, touches } = this.monitor;
    interpreter.state.set(before);
    interpreter.state[component] = digit;
    interpreter.step(stimulus);
    touches.length = 0;
  }

  /** The independence relation is wrong, so everything must be evicted. */
  #isStale = false;

  /** Marks the cache as stale: a rule reads more of states than when the independence relation was computed. */
  markStale(): void {
    this.#isStale = true;
    this.generation++;
  }

  /** Whether a limit is exceeded, there is no memory to grow, or the cache is stale. */
  get isFull(): boolean {
    if (this.#isStale) return true;
    const { words, cells } = this.memo;
    const { used, trees } = this.trees;
    if (used > words || this.#cells > cells) return true;
    const { length } = trees.nodes;
    // Growing copies the nodes to an array of twice the length.
    return used * 4 > length * 3 && !this.visited.mayHold(length * 12);
  }

  /** The cached effect of a stimulus in a state, computed on a miss. */
  #find(stimulus: number, state: Int32Array): number {
    const cell = this.trees.find(stimulus, state);
    return cell === NOT_CACHED ? this.#compute(stimulus, state) : cell;
  }

  #growCalls(): void {
    this.stimuli = grow(this.stimuli, this.stimuli.length * 2);
    this.found = grow(this.found, this.found.length * 2);
  }

  /** Computes the effects that were missing from a stimulus' tree. */
  #computeMissed(stimulus: number): void {
    const { found, missed, queue, queued, states } = this.trees.trees;
    const components = this.#components;
    const { before } = this.monitor;
    const begin = stimulus * BATCH_STATES;
    const end = begin + queued[stimulus]!;
    this.#hits[stimulus]! += end - begin - missed[stimulus]!;
    if (missed[stimulus] === 0) return;
    for (let q = begin; q < end; q++) {
      const b = queue[q]!;
      if (found[q] !== NOT_CACHED) continue;
      before.set(states.subarray(b * components, (b + 1) * components));
      found[q] = this.#find(stimulus, before);
    }
  }

  /** Writes to `to` the state after a cached call from `before`. */
  write(cell: number, before: Int32Array, to: Int32Array): void {
    const { triples } = this.changes;
    const end = this.changes.end(cell);
    to.set(before);
    for (let i = this.changes.begin(cell); i < end; i += 3) to[triples[i]!] = triples[i + 2]!;
  }

  /** Moves the arrays that both threads read to the memory that the visited set allocates. */
  move(): void {
    this.trees.move();
    this.commuting?.move();
    this.repack();
  }

  /** Computes the packed differences again: they depend on the layout of the digits. */
  repack(): void {
    this.differences = this.visited.allocate(this.marks.length * this.visited.layout.words);
    for (let cell = 0; cell < this.#cells; cell++) this.#writeDifference(cell);
  }

  #enabledIn(run: readonly number[], component: number, here: number): Int32Array {
    const { components, stimuli } = this.compiled;
    return Int32Array.from(
      run.filter(
        (stimulus) => components[component]!.answer(here, stimuli[stimulus]![1]!) !== UNHANDLED,
      ),
    );
  }

  /** Runs a stimulus, checks the `step` rules, and caches the effect. */
  #compute(stimulus: number, state: Int32Array): number {
    const { monitor } = this;
    const { interpreter, touches } = monitor;
    touches.length = 0;
    interpreter.state.set(state);
    const reaction = interpreter.step(stimulus);
    const changes: number[] = [];
    let violated: number[] = [];
    if (reaction === 'quiescence') {
      for (let c = 0; c < this.#components; c++)
        if (interpreter.state[c] !== state[c]) changes.push(c, state[c]!, interpreter.state[c]!);
      violated = monitor.step(stimulus);
    }
    let cell = DISABLED;
    if (reaction !== 'disabled') {
      if (this.#cells === this.marks.length) this.#moreCells();
      cell = this.#cells++;
      this.changes.set(cell, changes);
      if (this.visited.widen(interpreter.state)) this.repack();
      else this.#writeDifference(cell);
      if (violated.length > 0) this.violated.set(cell, violated);
      if (reaction === 'quiescence') this.breakClasses.set(cell, monitor.breakClass(stimulus));
      else this.failures.set(cell, { how: reaction, unhandled: interpreter.unhandled });
      this.marks[cell] =
        (reaction === 'quiescence' ? 0 : FAILS) | (violated.length > 0 ? VIOLATES : 0);
      if (this.commutes) {
        const read = [...touches, ...monitor.readsAbout(changes)];
        this.commuting?.learn(cell, stimulus, state, read, this.marks[cell] === 0);
      }
    }
    const isAdded = this.trees.addLeaf(stimulus, state, touches, changes, cell);
    // With local cycles no call may become uncached, so the effect is computed again each time.
    if (!isAdded && this.memo.trial < Number.POSITIVE_INFINITY)
      this.trees.replaceByLeaf(stimulus, UNCACHED);
    if (++this.#misses[stimulus]! === this.memo.trial) this.#restartTrial(stimulus);
    return cell;
  }

  #moreCells(): void {
    this.marks = grow(this.marks, this.marks.length * 2);
    const { layout, allocate } = this.visited;
    this.differences = grow(this.differences, this.marks.length * layout.words, allocate);
  }

  #writeDifference(cell: number): void {
    const { layout } = this.visited;
    const at = cell * layout.words;
    this.differences.fill(0, at, at + layout.words);
    const { triples } = this.changes;
    const end = this.changes.end(cell);
    for (let i = this.changes.begin(cell); i < end; i += 3)
      layout.write(triples[i]!, triples[i + 1]! ^ triples[i + 2]!, this.differences, at);
  }

  /** Stops caching a stimulus that has too few hits, and restarts its counts. */
  #restartTrial(stimulus: number): void {
    if (this.#hits[stimulus]! * 2 < this.memo.trial) this.trees.replaceByLeaf(stimulus, UNCACHED);
    this.#misses[stimulus] = 0;
    this.#hits[stimulus] = 0;
  }

  /** Evicts all cached effects. Uncached stimuli stay uncached. */
  evictAll(): void {
    this.trees.clearNodes();
    this.#cells = 2;
    this.generation++;
    this.#isStale = false;
    this.commuting?.evictAll();
    this.violated.clear();
    this.breakClasses.clear();
    this.failures.clear();
    for (let stimulus = 0; stimulus < this.trees.trees.root.length; stimulus++)
      if (!this.trees.isReplacedBy(stimulus, UNCACHED)) this.trees.clearTree(stimulus);
  }
}
