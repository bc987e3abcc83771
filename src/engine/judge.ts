import { Fault } from '../model/fault.js';
import { goalsOf } from '../model/goals.js';
import type { Goal, Network, Rule } from '../model/network.js';
import { BreakClasses } from './breakClass.js';
import { CalledStep } from './calledStep.js';
import type { Kept, Reader, Writer } from './checkpoint.js';
import { Exercised } from './exercised.js';
import { Reactor } from './reactor.js';
import { RuleReads } from './ruleReads.js';
import { Sieve } from './sieve.js';
import type { Tables } from './tables.js';

/** Reads of components: pairs of a component and a mark that says what was asked of it. */
export type Touches = number[];

/** Marks: the whole state, a message it heard, a projection that was read. */
export const WHOLE = -1;
export const messageMark = (message: number) => message * 2;
export const projectionMark = (projection: number) => projection * 2 + 1;
/** The message, or the projection, that a mark stands for; undefined if it stands for something else. */
export const messageOf = (mark: number) => (mark >= 0 && mark % 2 === 0 ? mark / 2 : undefined);
export const projectionOf = (mark: number) =>
  mark >= 0 && mark % 2 === 1 ? (mark - 1) / 2 : undefined;

/** What a call can violate: a rule, by breaking it, or that a goal is still unreached. */
export interface Claim<W> {
  readonly rule: number;
  readonly goal?: Goal<W>;
}

/** A predicate of states. A call that changes nothing that it reads leaves its value as it was. */
interface Part<W> {
  /** Index of the claim, or -1: whether the story is over. */
  readonly claim: number;
  /** The claim is a goal. */
  readonly isGoal: boolean;
  /** Whether the claim holds in a state; of a goal, whether the state does not reach it. */
  readonly predicate: (world: W) => boolean;
  /** What it has looked at. */
  readonly reads: Set<number>;
}

const NONE: readonly number[] = [];

/** Touches of one call from which on it is looked whether many of them are the same. */
const MANY_TOUCHES = 1 << 16;

/** Judges calls: which claims one violates, and what was read to find that out. */
export class Judge<W> implements Kept {
  readonly claims: readonly Claim<W>[];
  /** By claim: a goal that was reached, which is judged no more. */
  readonly isReached: boolean[];
  readonly classes: BreakClasses;
  /** What was looked at since it was emptied. */
  readonly touches: Touches = [];
  /** Components that a part looks at in a way that it did not before, since it was emptied. */
  readonly grown = new Set<number>();
  /** After a judgement: the story is over where the call led. */
  over = false;
  readonly reactor: Reactor;
  /** Everything that the calls of `reactor` exercised. */
  readonly exercised: Exercised;
  readonly #steps: readonly number[];
  /** By claim about calls: what it read. */
  readonly #stepReads = new Map<number, RuleReads>();
  #stepRead: RuleReads | undefined;
  readonly #parts: readonly Part<W>[];
  /** By part: what judges states alone. */
  readonly #sieves: readonly Sieve<W>[];
  /** By component: pairs of a part and the projection it reads there, or WHOLE. */
  readonly #readers: number[][];
  readonly #step: CalledStep<W>;
  readonly #before: W;
  readonly #after: W;
  #part: Part<W> | undefined;
  #crowded = MANY_TOUCHES;

  /** `before` is the state under expansion; the state after a call is that of `reactor`. */
  constructor(
    readonly rules: readonly Rule<W>[],
    readonly tables: Tables<W>,
    readonly before: Int32Array,
    /** States are judged `alone`, calls only by what rules say of calls. */
    readonly judgesAlone = false,
  ) {
    const { touches } = this;
    const heard = (component: number, message: number) => {
      if (touches.length >= this.#crowded) this.#forgetRepeats();
      touches.push(component, messageMark(message));
    };
    const observe = (component: number, projection: number) => this.#observe(component, projection);
    this.exercised = new Exercised(tables, judgesAlone);
    this.reactor = new Reactor(tables, heard, undefined, this.exercised);
    this.#readers = tables.all.map(() => []);
    this.classes = new BreakClasses(tables.network as Network<never>);
    this.#after = tables.world(this.reactor.state, observe);
    this.#before = tables.world(before, observe);
    this.#step = new CalledStep(
      tables,
      before,
      this.reactor,
      new Reactor(tables, heard),
      this.#before,
      this.#after,
    );
    const first = tables.world(tables.first);
    this.claims = rules.flatMap((rule, i): Claim<W>[] => {
      if (rule.possible) return goalsOf(rule, first).map((goal) => ({ rule: i, goal }));
      return rule.always || rule.step ? [{ rule: i }] : [];
    });
    this.isReached = this.claims.map(() => false);
    this.#steps = [...this.claims.keys()].filter((c) => rules[this.claims[c]!.rule]!.step);
    for (const claim of this.#steps) this.#stepReads.set(claim, new RuleReads(tables.all.length));
    this.#parts = [
      ...this.claims.flatMap((claim, i) => this.#partsOf(claim, i)),
      ...(tables.canBeOver
        ? [
            {
              claim: -1,
              isGoal: false,
              predicate: (world: W) => !tables.isOver(world),
              reads: new Set<number>(),
            },
          ]
        : []),
    ];
    this.#sieves = judgesAlone
      ? this.#parts.map(({ predicate }) => new Sieve(tables, predicate))
      : [];
  }

  /** The claims that the first state violates: that of the reactor, or `held`, which stands for it, if states are judged alone. */
  state(held: Int32Array): readonly number[] {
    if (this.judgesAlone) return this.alone(held);
    this.over = false;
    return this.#ask(this.#parts);
  }

  /**
   * The claims that a call violates which led from `before` to the state of the reactor: rules of calls, rules of
   * states that hold in `before` and not afterwards, and goals. `changes`: triples of a component and its states before
   * and after.
   */
  call(stimulus: number, changes: readonly number[]): number[] {
    this.over = false;
    if (this.judgesAlone) return this.step(stimulus);
    const concerned = new Set<number>();
    for (let i = 0; i < changes.length; i += 3) {
      const readers = this.#readers[changes[i]!]!;
      for (let r = 0; r < readers.length; r += 2)
        if (
          !concerned.has(readers[r]!) &&
          this.tables.differ(readers[r + 1]!, changes[i + 1]!, changes[i + 2]!)
        )
          concerned.add(readers[r]!);
    }
    const parts = this.#parts.filter((_, i) => concerned.has(i));
    return [...this.step(stimulus), ...this.#ask(parts, this.#before)];
  }

  /** Number of the break class of the reactor's last call. */
  breakClass(stimulus: number): number {
    return this.classes.numberOf(this.tables.network.stimuli[stimulus]!, this.reactor.words());
  }

  /** The claims that a state by itself violates; whether the story is `over` there. */
  alone(state: Int32Array): readonly number[] {
    this.over = false;
    let violated = NONE;
    for (let i = 0; i < this.#parts.length; i++) {
      const { claim } = this.#parts[i]!;
      if ((claim >= 0 && this.isReached[claim]) || this.#sieves[i]!.holds(state)) continue;
      if (claim < 0) this.over = true;
      else if (!violated.includes(claim)) violated = [...violated, claim];
    }
    return violated;
  }

  /** Rules of states, judged alone, that hold in one state and not in another. */
  newlyViolated(before: Int32Array, after: Int32Array): readonly number[] {
    let violated = NONE;
    for (let i = 0; i < this.#parts.length; i++) {
      const { claim, isGoal } = this.#parts[i]!;
      if (claim < 0 || isGoal || violated.includes(claim)) continue;
      const sieve = this.#sieves[i]!;
      if (!sieve.holds(after) && sieve.holds(before)) violated = [...violated, claim];
    }
    return violated;
  }

  /** The rules of calls that this one violates. */
  step(stimulus: number): number[] {
    const step = this.#step;
    step.made(stimulus);
    return this.#steps.filter((claim) => {
      step.asked();
      this.#stepRead = this.#stepReads.get(claim)!;
      const holds = this.rules[this.claims[claim]!.rule]!.step!(step);
      this.#stepRead.call(step.reads);
      this.#stepRead = undefined;
      return !holds;
    });
  }

  /** Room for what a call says to the world, so much as was needed. */
  get roomToSay(): number {
    return Math.max(this.reactor.said.length, this.#step.scratch.said.length);
  }

  /** Everything that a rule of states or calls, or a goal of it, read so far. */
  reads(rule: number): RuleReads {
    const components = this.#readers.length;
    const all = new RuleReads(components);
    for (const [i, { claim, reads }] of this.#parts.entries()) {
      if (this.claims[claim]?.rule !== rule) continue;
      for (const key of reads) all.state(key % components, Math.floor(key / components) - 1);
      for (const read of this.#sieves[i]?.reads() ?? []) all.state(...read);
    }
    for (const [claim, step] of this.#stepReads) {
      if (this.claims[claim]!.rule !== rule) continue;
      for (const read of step.states()) all.state(...read);
      all.varies ||= step.varies;
    }
    return all;
  }

  /** The predicates that states were judged alone by. */
  get sieves(): readonly Sieve<W>[] {
    return this.#sieves;
  }

  /** What parts read: a part that forgot it would not be judged where that changes. */
  save(to: Writer): void {
    const { isReached, classes } = this;
    this.exercised.save(to);
    for (const reads of this.#stepReads.values()) reads.save(to);
    to.plain({ isReached, classes: classes.names, reads: this.#parts.map(({ reads }) => reads) });
    for (const sieve of this.#sieves) sieve.save(to);
  }

  restore(from: Reader): boolean {
    if (!this.exercised.restore(from)) return false;
    for (const reads of this.#stepReads.values()) if (!reads.restore(from)) return false;
    const saved = from.plain<{ isReached: boolean[]; classes: string[]; reads: Set<number>[] }>();
    if (saved.reads.length !== this.#parts.length) return false;
    Object.assign(this.isReached, saved.isReached);
    for (const name of saved.classes) this.classes.number(name);
    const components = this.#readers.length;
    for (const [i, part] of this.#parts.entries())
      for (const key of saved.reads[i]!)
        this.#reads(part, key % components, Math.floor(key / components) - 1);
    return this.#sieves.every((sieve) => sieve.restore(from));
  }

  /** The claims that the reactor's state violates; of rules, those that hold in `before`, if it is given. */
  #ask(parts: readonly Part<W>[], before?: W): number[] {
    const violated = new Set<number>();
    for (const part of parts) {
      const { claim, isGoal } = part;
      // every part is judged, so that what it reads of this state is known
      if (claim >= 0 && this.isReached[claim]) continue;
      if (this.#holds(part, this.#after)) continue;
      if (claim < 0) this.over = true;
      else if (isGoal || before === undefined || this.#holds(part, before)) violated.add(claim);
    }
    return [...violated];
  }

  #holds(part: Part<W>, world: W): boolean {
    this.#part = part;
    const holds = part.predicate(world);
    this.#part = undefined;
    return holds;
  }

  #partsOf({ rule, goal }: Claim<W>, claim: number): Part<W>[] {
    const part = (predicate: Part<W>['predicate']) => ({
      claim,
      isGoal: goal !== undefined,
      predicate,
      reads: new Set<number>(),
    });
    if (goal) return [part((world) => !goal.holds(world))];
    const judged = this.rules[rule]!;
    if (!judged.always) return [];
    if (!judged.each) return [part((world) => judged.always!(world))];
    const { length } = judged.each(this.#after);
    return Array.from({ length }, (_, i) =>
      part((world) => {
        const things = judged.each!(world);
        if (things.length === length) return judged.always!(world, things[i]);
        throw new Fault(
          'RW217',
          `each of rule "${judged.id}" gives ${length} things in the first state and ${things.length} in another; it must give the same things in every state: let always look at those that come and go`,
        );
      }),
    );
  }

  /** A call may deliver millions of messages, and few different ones. */
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
    if (this.#part !== undefined && this.#reads(this.#part, component, projection))
      this.grown.add(component);
  }

  /** A part looks at a component; true: it did not before. */
  #reads(part: Part<W>, component: number, projection: number): boolean {
    const key = (projection + 1) * this.#readers.length + component;
    if (part.reads.has(key)) return false;
    part.reads.add(key);
    this.#readers[component]!.push(this.#parts.indexOf(part), projection);
    return true;
  }
}
