import type { CompiledSystem } from '../interpret/compiledSystem.js';
import { ExercisedItems } from '../interpret/exercisedItems.js';
import { Interpreter } from '../interpret/interpreter.js';
import { purely } from '../interpret/purely.js';
import { StepContext } from '../interpret/stepContext.js';
import { goalsOf } from '../model/goals.js';
import type { Goal, Network, Rule } from '../model/network.js';
import { UserError } from '../model/userError.js';
import type { Checkpointable, Reader, Writer } from '../store/checkpointable.js';
import type { WriteSets } from '../store/writeSets.js';
import { BreakClasses } from './breakClasses.js';
import { MemoizedPredicate } from './memoizedPredicate.js';
import { RuleReads } from './ruleReads.js';

/** Reads of components: pairs of a component and a mark for the part that was read. */
export type ReadSet = number[];

/** Marks: the whole state, a message that was delivered, a projection that was read. */
export const WHOLE = -1;
/** The mark of a message or of a projection, by its number. */
const messageMark = (message: number) => message * 2;
const projectionMark = (projection: number) => projection * 2 + 1;
/** The message, or the projection, that a mark denotes; undefined if it denotes something else. */
export const messageOf = (mark: number) => (mark >= 0 && mark % 2 === 0 ? mark / 2 : undefined);
export const projectionOf = (mark: number) =>
  mark >= 0 && mark % 2 === 1 ? (mark - 1) / 2 : undefined;

/** A property that a call can violate: a rule, by breaking it; or "the goal is unreached", by reaching the goal. */
export interface Obligation<W> {
  readonly rule: number;
  readonly goal?: Goal<W>;
}

/** A state predicate. A call that changes nothing that the predicate reads does not change its value. */
interface Subproperty<W> {
  /** Index of the obligation; -1: the predicate is violated in terminal states. */
  readonly obligation: number;
  /** The obligation is about a goal. */
  readonly isGoal: boolean;
  /** Whether the obligation holds in a state; of a goal, whether the state does not reach it. */
  readonly memo: MemoizedPredicate<W>;
}

/** The label of a state that violates nothing and is not terminal. */
export const UNLABELLED = 0;

const NONE: readonly number[] = [];

/** Length of a call's read set from which on repeated reads are removed. */
const MANY_TOUCHES = 1 << 16;

/** Checks calls: which obligations a call violates, and the reads that decide it. */
export class PropertyMonitor<W> implements Checkpointable {
  readonly obligations: readonly Obligation<W>[];
  /** By obligation: true for a goal that was reached, which is not evaluated any more. */
  readonly isReached: boolean[];
  readonly classes: BreakClasses;
  /** Everything that was read since it was last emptied. */
  readonly touches: ReadSet = [];
  /** A subproperty (not of a goal) read something of states that it had never read before. */
  hasGrown = false;
  readonly interpreter: Interpreter;
  /** Everything that the calls of this monitor's interpreter exercised. */
  readonly exercised: ExercisedItems;
  readonly #steps: readonly number[];
  /** By `step` obligation: its reads. */
  readonly #stepReads = new Map<number, RuleReads>();
  #stepRead: RuleReads | undefined;
  readonly #parts: readonly Subproperty<W>[];
  /** By component: pairs of a subproperty and the projection that it reads there, or WHOLE. */
  readonly #readers: number[][];
  /** By component and pair of its states: the subproperties that read a difference between them. */
  readonly #concerned: readonly Map<number, readonly number[]>[];
  readonly #isConcerned: Uint8Array;
  /** By label: the violated subproperties, ascending. */
  readonly #labels: (readonly number[])[] = [NONE];
  readonly #labelNumbers = new Map<string, number>([['', UNLABELLED]]);
  /** By label and subproperty: the label with that subproperty added, and the label with it removed. */
  readonly #with: number[][] = [];
  readonly #without: number[][] = [];
  /** By label before and label after: the obligations that become violated. */
  readonly #newly: (readonly number[] | undefined)[][] = [];
  readonly #step: StepContext<W>;
  #crowded = MANY_TOUCHES;

  /** `before` is the state under expansion; `interpreter.state` is the state after a call. */
  constructor(
    readonly rules: readonly Rule<W>[],
    readonly compiled: CompiledSystem<W>,
    readonly before: Int32Array,
    /** Whether to keep the calls that are the first to exercise something. */
    keepsFirsts = false,
  ) {
    const { touches } = this;
    const onDelivery = (component: number, message: number) => {
      if (touches.length >= this.#crowded) this.#forgetRepeats();
      touches.push(component, messageMark(message));
    };
    const observe = (component: number, projection: number) => this.#observe(component, projection);
    this.exercised = new ExercisedItems(compiled, keepsFirsts);
    this.interpreter = new Interpreter(compiled, onDelivery, undefined, this.exercised);
    this.#readers = compiled.components.map(() => []);
    this.#concerned = compiled.components.map(() => new Map());
    this.classes = new BreakClasses(compiled.network as Network<never>);
    const first = compiled.world(compiled.first);
    this.obligations = rules.flatMap((rule, i): Obligation<W>[] => {
      if (rule.possible) return goalsOf(rule, first).map((goal) => ({ rule: i, goal }));
      return rule.always || rule.step ? [{ rule: i }] : [];
    });
    this.isReached = this.obligations.map(() => false);
    this.#steps = [...this.obligations.keys()].filter(
      (c) => rules[this.obligations[c]!.rule]!.step,
    );
    for (const obligation of this.#steps)
      this.#stepReads.set(obligation, new RuleReads(compiled.components.length));
    const predicates = [
      ...this.obligations.flatMap((obligation, i) =>
        this.#predicatesOf(obligation, first).map((predicate) => ({ obligation: i, predicate })),
      ),
      ...(compiled.canTerminate
        ? [{ obligation: -1, predicate: (world: W) => !compiled.isTerminal(world) }]
        : []),
    ];
    this.#parts = predicates.map(({ obligation, predicate }, part) => {
      const isGoal = this.obligations[obligation]?.goal !== undefined;
      const onRead = (component: number, projection: number) => {
        this.#readers[component]!.push(part, projection);
        this.#concerned[component]!.clear();
        this.hasGrown ||= !isGoal;
      };
      return { obligation, isGoal, memo: new MemoizedPredicate(compiled, predicate, onRead) };
    });
    this.#isConcerned = new Uint8Array(this.#parts.length);
    this.#step = new StepContext(
      compiled,
      before,
      this.interpreter,
      new Interpreter(compiled, onDelivery),
      compiled.world(before, observe),
      compiled.world(this.interpreter.state, observe),
    );
    // The last world is used by nothing: selectors kept outside of world() belong to it, and are refused.
    compiled.world(compiled.first);
  }

  /**
   * The label of a state: a number for the set of subproperties that it violates and for whether it is terminal. Adds
   * the goals that it reaches to `reached`.
   */
  label(state: Int32Array, reached: number[] = []): number {
    let label = UNLABELLED;
    for (let part = 0; part < this.#parts.length; part++)
      label = this.#relabel(label, part, state, reached);
    return label;
  }

  /**
   * The same for the state that a cached effect leads to from a state labelled `before`. Evaluates only subproperties
   * that read the changes.
   */
  labelAfter(
    before: number,
    changes: WriteSets,
    cell: number,
    state: Int32Array,
    reached: number[],
  ): number {
    const isConcerned = this.#isConcerned;
    const { triples } = changes;
    const end = changes.end(cell);
    for (let i = changes.begin(cell); i < end; i += 3) {
      const parts = this.#partsAbout(triples[i]!, triples[i + 1]!, triples[i + 2]!);
      for (let p = 0; p < parts.length; p++) isConcerned[parts[p]!] = 1;
    }
    let label = before;
    for (let part = 0; part < isConcerned.length; part++) {
      if (isConcerned[part] === 0) continue;
      isConcerned[part] = 0;
      label = this.#relabel(label, part, state, reached);
    }
    return label;
  }

  #relabel(label: number, part: number, state: Int32Array, reached: number[]): number {
    const { obligation, isGoal, memo } = this.#parts[part]!;
    if (isGoal) {
      if (!this.isReached[obligation] && !memo.holds(state)) reached.push(obligation);
      return label;
    }
    const next = memo.holds(state) ? this.#without : this.#with;
    next[label] ??= [];
    const known = next[label];
    known[part] ??= this.#labelNumber(
      next === this.#with
        ? [...new Set([...this.#labels[label]!, part])].sort((a, b) => a - b)
        : this.#labels[label]!.filter((other) => other !== part),
    );
    return known[part];
  }

  #labelNumber(violated: readonly number[]): number {
    const key = violated.join();
    let label = this.#labelNumbers.get(key);
    if (label === undefined) {
      label = this.#labels.push(violated) - 1;
      this.#labelNumbers.set(key, label);
    }
    return label;
  }

  /** The subproperties that read a difference between two states of a component. */
  #partsAbout(component: number, before: number, after: number): readonly number[] {
    const key = before * 2 ** 24 + after;
    let parts = this.#concerned[component]!.get(key);
    if (parts === undefined) {
      const readers = this.#readers[component]!;
      const found = new Set<number>();
      for (let r = 0; r < readers.length; r += 2)
        if (!found.has(readers[r]!) && this.compiled.differ(readers[r + 1]!, before, after))
          found.add(readers[r]!);
      parts = [...found];
      this.#concerned[component]!.set(key, parts);
    }
    return parts;
  }

  /** Whether states of this label are terminal. */
  isOver(label: number): boolean {
    const last = this.#labels[label]!.at(-1);
    return last !== undefined && this.#parts[last]!.obligation < 0;
  }

  /** The state obligations that a state of this label violates. */
  violatedIn(label: number): readonly number[] {
    return this.newlyViolated(UNLABELLED, label);
  }

  /** The state obligations that a call violates: those with a subproperty that holds before the call and not after. */
  newlyViolated(before: number, after: number): readonly number[] {
    if (after === UNLABELLED || before === after) return NONE;
    this.#newly[before] ??= [];
    const known = this.#newly[before];
    known[after] ??= this.#difference(this.#labels[before]!, this.#labels[after]!);
    return known[after];
  }

  /**
   * All that the subproperties concerned by these changes have ever read. A call that changes any of it may change
   * their values.
   */
  readsAbout(changes: readonly number[]): ReadSet {
    const concerned = new Set<number>();
    for (let i = 0; i < changes.length; i += 3)
      for (const part of this.#partsAbout(changes[i]!, changes[i + 1]!, changes[i + 2]!))
        if (!this.#parts[part]!.isGoal) concerned.add(part);
    const touches: ReadSet = [];
    for (const part of concerned)
      for (const [component, projection] of this.#parts[part]!.memo.reads())
        touches.push(component, projection < 0 ? WHOLE : projectionMark(projection));
    return touches;
  }

  /** Number of the break class of the interpreter's last call. */
  breakClass(stimulus: number): number {
    return this.classes.numberOf(
      this.compiled.network.stimuli[stimulus]!,
      this.interpreter.outputs(),
    );
  }

  /** The `step` obligations that the interpreter's last call violates. */
  step(stimulus: number): number[] {
    const step = this.#step;
    step.bind(stimulus);
    const violates = (obligation: number) => {
      step.resetAgain();
      this.#stepRead = this.#stepReads.get(obligation)!;
      const holds = this.rules[this.obligations[obligation]!.rule]!.step!(step);
      this.#stepRead.call(step.reads);
      this.#stepRead = undefined;
      return !holds;
    };
    // One `purely` run for all rules: one for each would cost as much as many a rule does.
    return this.#steps.length === 0 ? [] : purely(() => this.#steps.filter(violates));
  }

  /** The room that was needed for the messages that a call emits to the world. */
  get mostEmitted(): number {
    return Math.max(this.interpreter.emitted.length, this.#step.scratch.emitted.length);
  }

  /** Everything that a rule about states or calls, or one of its goals, has read so far. */
  reads(rule: number): RuleReads {
    const all = new RuleReads(this.#readers.length);
    for (const { obligation, memo } of this.#parts)
      if (this.obligations[obligation]?.rule === rule)
        for (const read of memo.reads()) all.state(...read);
    for (const [obligation, step] of this.#stepReads) {
      if (this.obligations[obligation]!.rule !== rule) continue;
      for (const read of step.states()) all.state(...read);
      all.varies ||= step.varies;
    }
    return all;
  }

  /** The predicates that states are checked against. */
  get memos(): readonly MemoizedPredicate<W>[] {
    return this.#parts.map(({ memo }) => memo);
  }

  save(to: Writer): void {
    const { isReached, classes } = this;
    this.exercised.save(to);
    for (const reads of this.#stepReads.values()) reads.save(to);
    to.plain({ isReached, classes: classes.names, labels: this.#labels });
    for (const { memo } of this.#parts) memo.save(to);
  }

  restore(from: Reader): boolean {
    if (!this.exercised.restore(from)) return false;
    for (const reads of this.#stepReads.values()) if (!reads.restore(from)) return false;
    const saved = from.plain<{ isReached: boolean[]; classes: string[]; labels: number[][] }>();
    Object.assign(this.isReached, saved.isReached);
    for (const name of saved.classes) this.classes.number(name);
    for (const [label, parts] of saved.labels.entries()) {
      this.#labels[label] = parts;
      this.#labelNumbers.set(parts.join(), label);
    }
    return this.#parts.every(({ memo }) => memo.restore(from));
  }

  /** The obligations of subproperties that are in the second list and not in the first. */
  #difference(before: readonly number[], after: readonly number[]): readonly number[] {
    const obligations = after
      .filter((part) => !before.includes(part))
      .map((part) => this.#parts[part]!.obligation)
      .filter((obligation) => obligation >= 0);
    return [...new Set(obligations)];
  }

  #predicatesOf({ rule, goal }: Obligation<W>, first: W): ((world: W) => boolean)[] {
    if (goal) return [(world) => !goal.holds(world)];
    const judged = this.rules[rule]!;
    if (!judged.always) return [];
    if (!judged.each) return [(world) => judged.always!(world)];
    const { length } = judged.each(first);
    return Array.from({ length }, (_, i) => (world: W) => {
      const things = judged.each!(world);
      if (things.length === length) return judged.always!(world, things[i]);
      throw new UserError(
        'RW217',
        `each of rule "${judged.id}" returns ${length} things in the first state and ${things.length} in another; it must return the same things in every state: let always handle those that come and go`,
      );
    });
  }

  /** Removes repeated reads: a call may deliver millions of messages, of which few differ. */
  #forgetRepeats(): void {
    const { touches } = this;
    const seen = new Map<number, Set<number>>();
    let count = 0;
    for (let i = 0; i < touches.length; i += 2) {
      const [component, mark] = [touches[i]!, touches[i + 1]!];
      const marks = seen.get(component) ?? new Set();
      if (marks.has(mark)) continue;
      seen.set(component, marks.add(mark));
      touches[count++] = component;
      touches[count++] = mark;
    }
    touches.length = count;
    this.#crowded = Math.max(MANY_TOUCHES, count * 2);
  }

  #observe(component: number, projection: number): void {
    this.touches.push(component, projection < 0 ? WHOLE : projectionMark(projection));
    this.#stepRead?.state(component, projection);
  }
}
