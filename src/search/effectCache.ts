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

/** The cell of a stimulus that is not offered. */
export const DISABLED = 0;
/** The cell of a stimulus that is played and judged each time, because remembering it would not pay. `stageCells` knows it. */
export const UNCACHED = 1;

/** Marks of a cell: the call did not fall silent well; it violates rules of calls. */
export const FAILS = 1;
export const VIOLATES = 2;

/** What is worth remembering. */
export interface CacheLimits {
  /** Words of the decision trees, and cells, that are kept at most; then all is forgotten. */
  readonly words: number;
  readonly cells: number;
  /**
   * A stimulus that has made so many cells is looked at: if few were used again, it is played from then on.
   * Infinite: none ever is.
   */
  readonly trial: number;
}
export const CACHE_LIMITS: CacheLimits = { words: 1 << 25, cells: 1 << 20, trial: 20_000 };

/** A call that did not fall silent well: how, and who could not hear what. */
export interface Failure {
  readonly how: Exclude<StepResult, 'quiescence' | 'refused'>;
  readonly lost: UnhandledEvent | undefined;
}

/** Stimuli in a row whose first word goes to one component; by its state, who of them is offered. */
interface Run {
  readonly component: number;
  readonly stimuli: number[];
  readonly offered: (Int32Array | undefined)[];
  /** The same as bits, in the words from `word` on. */
  readonly bits: (Int32Array | undefined)[];
  readonly word: number;
  readonly lumped: (OfferedLumped | undefined)[];
}

/** Pairs of a lump's member and a stimulus offered there; how many more are local, and how many members there are. */
interface OfferedLumped {
  readonly members: readonly number[];
  readonly stimuli: readonly number[];
  readonly local: number;
  readonly among: number;
}

/**
 * What calls do, remembered. What a call does, and what rules say of it, depends only on the
 * components that were touched to tell; so it is kept in a cell, which a decision tree of the `forest`
 * finds by these components alone.
 *
 * A cell holds the change as a pattern of bits, by which the packed state after the call differs
 * from the one before.
 */
export class EffectCache<W> {
  /** What was taken last: the stimuli offered, and the cell of each. */
  stimuli: Int32Array;
  found: Int32Array;
  /** Calls offered in what was taken last, or in all that it stands for. */
  enabled = 0;
  /** By cell: packed differences, `layout.words` each. */
  differences: Int32Array;
  /** By cell: the rules of calls that it violates, if any. */
  readonly violated = new Map<number, readonly number[]>();
  /** By cell that falls silent well: its break class. */
  readonly breakClasses = new Map<number, number>();
  readonly failures = new Map<number, Failure>();
  /** By cell: what is to be told of it, as FAILS and VIOLATES; mostly nothing. */
  marks = new Uint8Array(1 << 8);
  readonly #components: number;
  readonly #runs: Run[] = [];
  readonly forest: DecisionTrees<W>;
  #cells = 2;
  /** What each of them changes. */
  readonly changes = new WriteSets();
  /** Which calls commute, where that is asked for, and whether it is found out now. */
  readonly commuting: Independence<W> | undefined;
  commutes = false;
  /** By state of the batch: bits of the stimuli that are asked what they do, and how many more are offered. */
  readonly #words: number;
  readonly #awake: Int32Array;
  /** By stimulus, how many of its cells were taken from the batch. */
  readonly #taken: Int32Array;
  readonly #slept = new Int32Array(BATCH_STATES);
  /** How often something was forgotten. */
  forgotten = 0;
  readonly #madeBy: Int32Array;
  readonly #usedBy: Int32Array;

  constructor(
    readonly tables: CompiledSystem<W>,
    readonly judge: PropertyMonitor<W>,
    readonly visited: VisitedSet,
    readonly memo: CacheLimits = CACHE_LIMITS,
    /** Whether it is asked which calls commute. */
    commutes = false,
  ) {
    const components = tables.components.length;
    const count = tables.stimuli.length;
    this.#components = components;
    this.commuting = commutes
      ? new Independence(
          tables,
          this.changes,
          (length) => visited.allocate(length),
          () => visited.await(),
        )
      : undefined;
    this.differences = visited.allocate(this.marks.length * visited.layout.words);
    this.forest = new DecisionTrees(tables, (length) => visited.allocate(length));
    this.#taken = new Int32Array(count);
    this.#words = (count + 31) >> 5;
    this.#awake = new Int32Array(BATCH_STATES * this.#words);
    this.stimuli = new Int32Array(count);
    this.found = new Int32Array(count);
    this.#madeBy = new Int32Array(count);
    this.#usedBy = new Int32Array(count);
    for (const [stimulus, words] of tables.stimuli.entries()) {
      const component = words[0]!;
      const last = this.#runs.at(-1);
      if (last?.component === component) last.stimuli.push(stimulus);
      else {
        const word = stimulus >> 5;
        this.#runs.push({
          component,
          stimuli: [stimulus],
          offered: [],
          bits: [],
          word,
          lumped: [],
        });
      }
    }
  }

  /**
   * Finds the cells of everything that is offered in these states, at most BATCH: stimulus by
   * stimulus, so that one tree after the other is in the processor's cache.
   */
  expand(numbers: readonly number[], sleeps = false): void {
    const { before } = this.judge;
    const components = this.#components;
    const states = this.forest.trees.states;
    const words = this.#words;
    const count = numbers.length;
    for (let b = 0; b < count; b++) {
      this.visited.load(numbers[b]!, before);
      states.set(before, b * components);
      this.forest.makeRoom(before);
    }
    this.#wake(numbers, sleeps);
    const queue = this.forest.trees.queue;
    const queued = this.forest.trees.queued;
    const awake = this.#awake;
    queued.fill(0);
    this.#taken.fill(0);
    for (let b = 0, at = 0; b < count; b++)
      for (let w = 0; w < words; w++, at++)
        for (let left = awake[at]!; left !== 0; left &= left - 1) {
          const stimulus = w * 32 + 31 - Math.clz32(left & -left);
          queue[stimulus * BATCH_STATES + queued[stimulus]!++] = b;
        }
    this.visited.walk(this.forest.trees);
    for (let stimulus = 0; stimulus < queued.length; stimulus++) this.#makeMissed(stimulus);
  }

  /** Which stimuli are offered in each state of the batch, and not asleep. */
  #wake(numbers: readonly number[], sleeps: boolean): void {
    const awake = this.#awake;
    const words = this.#words;
    for (let b = 0; b < numbers.length; b++) {
      const at = b * words;
      for (let w = 0; w < words; w++) awake[at + w] = 0;
      for (let r = 0; r < this.#runs.length; r++) {
        const { component, bits, word } = this.#runs[r]!;
        const here = this.forest.trees.states[b * this.#components + component]!;
        bits[here] ??= this.#bitsOf(this.#runs[r]!, here);
        const some = bits[here];
        for (let i = 0; i < some.length; i++) awake[at + word + i]! |= some[i]!;
      }
      this.#slept[b] = sleeps ? this.visited.sleepSetOf(numbers[b]!, awake, at) : 0;
    }
  }

  #bitsOf({ component, offered, stimuli, word }: Run, here: number): Int32Array {
    offered[here] ??= this.#offered(stimuli, component, here);
    const bits = new Int32Array((stimuli.at(-1)! >> 5) - word + 1);
    for (const stimulus of offered[here]) bits[(stimulus >> 5) - word]! |= 1 << (stimulus & 31);
    return bits;
  }

  /**
   * Collects what `expand` found for the state `b` of its batch, in the order of the stimuli; answers how many there are.
   * States must be taken one after the other.
   */
  take(b: number): number {
    const { stimuli, found } = this;
    const all = this.forest.trees.found;
    const awake = this.#awake;
    const words = this.#words;
    const taken = this.#taken;
    let count = 0;
    for (let w = 0; w < words; w++)
      for (let left = awake[b * words + w]!; left !== 0; left &= left - 1) {
        const stimulus = w * 32 + 31 - Math.clz32(left & -left);
        const cell = all[stimulus * BATCH_STATES + taken[stimulus]!++]!;
        if (cell === DISABLED) continue;
        stimuli[count] = stimulus;
        found[count++] = cell;
      }
    this.enabled = count + this.#slept[b]!;
    return count;
  }

  /**
   * The same for the judge's `before`, whose digits stand for lumps: what is offered in any member of the called
   * component's, but for what only leads round in it. Answers how many; `offered` then says how many calls that are
   * in all the states that this one stands for.
   */
  takeLumped(lumps: LocalCycles<W>): number {
    const { before } = this.judge;
    const size = lumps.size(before);
    this.forest.makeRoom(before);
    let count = 0;
    this.enabled = 0;
    for (const run of this.#runs) {
      const { component, lumped } = run;
      const here = before[component]!;
      lumped[here] ??= this.#offeredLumped(run, lumps, here);
      const { members, stimuli, local, among } = lumped[here];
      this.enabled += (size / among) * local;
      for (let i = 0; i < stimuli.length; i++) {
        const stimulus = stimuli[i]!;
        before[component] = members[i]!;
        const cell = this.#find(stimulus, before);
        if (cell === DISABLED) continue;
        if (count === this.stimuli.length) this.#moreTaken();
        this.stimuli[count] = stimulus;
        this.found[count++] = cell;
        this.enabled += size / among;
      }
      before[component] = here;
    }
    return count;
  }

  /** What is offered to a component in the members of a lump, but for what leads round in it. */
  #offeredLumped(run: Run, lumps: LocalCycles<W>, here: number): OfferedLumped {
    const { component, offered } = run;
    const lump = lumps.members(component, here);
    const members: number[] = [];
    const stimuli: number[] = [];
    let local = 0;
    for (const member of lump) {
      this.forest.makeRoomFor(component, member);
      offered[member] ??= this.#offered(run.stimuli, component, member);
      for (const stimulus of offered[member]) {
        if (lumps.isLocal(stimulus, component, member)) {
          local++;
          this.#exercise(stimulus, component, member);
        } else {
          members.push(member);
          stimuli.push(stimulus);
        }
      }
    }
    return { members, stimuli, local, among: lump.length };
  }

  /** Makes a call for what it exercises: from `before`, but for the state of one component. */
  #exercise(stimulus: number, component: number, digit: number): void {
    const { reactor, before, touches } = this.judge;
    reactor.state.set(before);
    reactor.state[component] = digit;
    reactor.step(stimulus);
    touches.length = 0;
  }

  /** What is known of who commutes is wrong: everything is to be forgotten. */
  #isStale = false;

  /** A rule reads more of states than it did when it was found out which calls commute. */
  doubt(): void {
    this.#isStale = true;
    this.forgotten++;
  }

  /** Whether there is too much to remember, or no memory for more; or something of it is wrong. */
  get isCrowded(): boolean {
    if (this.#isStale) return true;
    const { words, cells } = this.memo;
    const { used, trees } = this.forest;
    if (used > words || this.#cells > cells) return true;
    const { length } = trees.nodes;
    // they are doubled, and copied, when they are full
    return used * 4 > length * 3 && !this.visited.mayHold(length * 12);
  }

  /** The cell of a stimulus in a state, made if there is none. */
  #find(stimulus: number, state: Int32Array): number {
    const cell = this.forest.find(stimulus, state);
    return cell === NOT_CACHED ? this.#make(stimulus, state) : cell;
  }

  #moreTaken(): void {
    this.stimuli = grow(this.stimuli, this.stimuli.length * 2);
    this.found = grow(this.found, this.found.length * 2);
  }

  /** Makes the cells that were missed in a stimulus' tree. */
  #makeMissed(stimulus: number): void {
    const { found, missed, queue, queued, states } = this.forest.trees;
    const components = this.#components;
    const { before } = this.judge;
    const begin = stimulus * BATCH_STATES;
    const end = begin + queued[stimulus]!;
    this.#usedBy[stimulus]! += end - begin - missed[stimulus]!;
    if (missed[stimulus] === 0) return;
    for (let q = begin; q < end; q++) {
      const b = queue[q]!;
      if (found[q] !== NOT_CACHED) continue;
      before.set(states.subarray(b * components, (b + 1) * components));
      found[q] = this.#find(stimulus, before);
    }
  }

  /** Writes the state after a cell's call to `to`. */
  write(cell: number, before: Int32Array, to: Int32Array): void {
    const { triples } = this.changes;
    const end = this.changes.end(cell);
    to.set(before);
    for (let i = this.changes.begin(cell); i < end; i += 3) to[triples[i]!] = triples[i + 2]!;
  }

  /** Puts what both threads read where the visited states are. */
  move(): void {
    this.forest.move();
    this.commuting?.move();
    this.repack();
  }

  /** Patterns of bits depend on where the digits are. */
  repack(): void {
    this.differences = this.visited.allocate(this.marks.length * this.visited.layout.words);
    for (let cell = 0; cell < this.#cells; cell++) this.#writeDifference(cell);
  }

  #offered(run: readonly number[], component: number, here: number): Int32Array {
    const { components, stimuli } = this.tables;
    return Int32Array.from(
      run.filter(
        (stimulus) => components[component]!.answer(here, stimuli[stimulus]![1]!) !== UNHANDLED,
      ),
    );
  }

  /** Plays a stimulus, judges it, and keeps that in a new cell. */
  #make(stimulus: number, state: Int32Array): number {
    const { judge } = this;
    const { reactor, touches } = judge;
    touches.length = 0;
    reactor.state.set(state);
    const reaction = reactor.step(stimulus);
    const changes: number[] = [];
    let violated: number[] = [];
    if (reaction === 'quiescence') {
      for (let c = 0; c < this.#components; c++)
        if (reactor.state[c] !== state[c]) changes.push(c, state[c]!, reactor.state[c]!);
      violated = judge.step(stimulus);
    }
    let cell = DISABLED;
    if (reaction !== 'refused') {
      if (this.#cells === this.marks.length) this.#moreCells();
      cell = this.#cells++;
      this.changes.set(cell, changes);
      if (this.visited.widen(reactor.state)) this.repack();
      else this.#writeDifference(cell);
      if (violated.length > 0) this.violated.set(cell, violated);
      if (reaction === 'quiescence') this.breakClasses.set(cell, judge.breakClass(stimulus));
      else this.failures.set(cell, { how: reaction, lost: reactor.unhandled });
      this.marks[cell] =
        (reaction === 'quiescence' ? 0 : FAILS) | (violated.length > 0 ? VIOLATES : 0);
      if (this.commutes) {
        const read = [...touches, ...judge.readsAbout(changes)];
        this.commuting?.learn(cell, stimulus, state, read, this.marks[cell] === 0);
      }
    }
    const isHung = this.forest.plant(stimulus, state, touches, changes, cell);
    // in a lump nothing can be played, and is made anew each time
    if (!isHung && this.memo.trial < Number.POSITIVE_INFINITY) this.forest.cut(stimulus, UNCACHED);
    if (++this.#madeBy[stimulus]! === this.memo.trial) this.#try(stimulus);
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

  /** Whether remembering a stimulus pays is asked again and again. */
  #try(stimulus: number): void {
    if (this.#usedBy[stimulus]! * 2 < this.memo.trial) this.forest.cut(stimulus, UNCACHED);
    this.#madeBy[stimulus] = 0;
    this.#usedBy[stimulus] = 0;
  }

  /** Forgets all calls but what does not pay. */
  forgetAll(): void {
    this.forest.clear();
    this.#cells = 2;
    this.forgotten++;
    this.#isStale = false;
    this.commuting?.forgetAll();
    this.violated.clear();
    this.breakClasses.clear();
    this.failures.clear();
    for (let stimulus = 0; stimulus < this.forest.trees.root.length; stimulus++)
      if (!this.forest.isCut(stimulus, UNCACHED)) this.forest.fell(stimulus);
  }
}
