import type { CompiledSystem } from '../interpret/compiledSystem.js';
import { Interpreter } from '../interpret/interpreter.js';
import type { Processes, Rule } from '../model/network.js';
import { MemoizedPredicate } from '../properties/memoizedPredicate.js';
import type { PropertyMonitor } from '../properties/propertyMonitor.js';
import type { BreakClass, Overlap, RuleResult } from './checkResult.js';
import { pathOf } from './counterexamples.js';
import type { Exploration } from './explore.js';
import type { Limits } from './limits.js';
import { depthsOf } from './pendingStates.js';
import type { StopReason } from './searchProgress.js';
import { unlessAborted } from './unlessAborted.js';

/** A transition that a process makes. */
interface Transition {
  readonly stimulus: number;
  readonly to: number;
  /** Numbers of its result, and of the messages that it emits. */
  readonly result: number;
  readonly emitted: number;
  /** Its process is idle after it. */
  readonly ends: boolean;
}

/** One way in which a call ends. */
interface Ending {
  readonly state: number;
  readonly result: number;
  /** The stimuli of the call. */
  readonly stimuli: readonly number[];
}

/** What an overlap ends with, or two calls one after the other: the state, and the result of each call. */
type Outcome = `${number} ${number} ${number}`;

/** Two calls that overlap, up to a state. */
interface Overlapping {
  readonly state: number;
  /** The transition that ended each call; undefined while it is under way. */
  readonly first: Transition | undefined;
  readonly second: Transition | undefined;
  readonly hasSecondBegun: boolean;
  /** For each call the numbers of what its transitions emitted, each once. */
  readonly emitted: readonly [first: readonly number[], second: readonly number[]];
  /** The stimulus that led here, and where from. */
  readonly stimulus: number;
  readonly before: Overlapping | undefined;
}

/** An overlap that breaks a rule. */
interface Break {
  readonly from: number;
  /** The stimuli that begin both calls, and what each call emitted. */
  readonly begins: readonly [first: number, second: number];
  readonly emitted: Overlapping['emitted'];
  readonly interleaving: readonly number[];
}

/** Bytes for each state and for each of its transitions that are kept. */
const STATE_BYTES = 64;
const TRANSITION_BYTES = 48;
/** States from which overlaps are searched before the signal is read. */
const SLICE = 64;

/** Judges `serializable` rules after a complete search without reductions. */
export class Overlaps<W> {
  /** The reason why a rule could not be judged; unset if none was. */
  stopped: StopReason | undefined;
  /** Rules for which no two calls overlap. */
  readonly vacuous = new Set<Rule<W>>();

  constructor(
    readonly exploration: Exploration,
    readonly monitor: PropertyMonitor<W>,
    readonly limits: Limits,
  ) {}

  async verdict(rule: Rule<W>): Promise<RuleResult<W>> {
    if (this.stopped !== undefined) return { rule, verdict: 'unknown' };
    const { exploration, monitor, limits } = this;
    const calls = new Calls(exploration, monitor, rule.serializable!);
    const goOn = unlessAborted(limits.signal);
    const depths = depthsOf(exploration.visited);
    const shortest = new Map<string, BreakClass>();
    let count = 0;
    for (let from = 0; from < exploration.visited.size; from++) {
      if (from % SLICE === 0) {
        if (!(await goOn())) this.stopped = 'interrupted';
        else if (!exploration.visited.mayHold(calls.bytes)) this.stopped = 'memory';
        if (this.stopped !== undefined) return { rule, verdict: 'unknown' };
      }
      if (!calls.isQuiet(from)) continue;
      for (const first of calls.transitions(from)) {
        count += calls.overlaps(from, first, (broken) => {
          const name = calls.className(broken);
          const length = depths[from]! + broken.interleaving.length;
          if (length >= (shortest.get(name)?.path?.length ?? Number.POSITIVE_INFINITY)) return;
          const path = [...exploration.visited.path(from), ...broken.interleaving];
          shortest.set(name, { name, path, overlap: calls.overlap(broken, depths[from]!) });
        });
      }
    }
    if (count === 0) this.vacuous.add(rule);
    const classes = [...shortest.values()].sort((a, b) => a.path!.length - b.path!.length);
    if (classes.length === 0) return { rule, verdict: 'holds' };
    return { rule, verdict: 'broken', classes, ...pathOf(classes) };
  }
}

/** The calls of processes in the states of a finished search. */
class Calls<W> {
  /** Bytes held, roughly. */
  bytes = 0;
  readonly #interpreter: Interpreter;
  readonly #before: Int32Array;
  /** The processes, and by stimulus the number of its process; -1: none. */
  readonly #processes: readonly string[];
  readonly #processOf: Int32Array;
  /** By stimulus: a text that the alternatives of one choice have in common. */
  readonly #choices: readonly string[];
  readonly #idle: readonly MemoizedPredicate<W>[];
  readonly #isTerminal: Uint8Array;
  readonly #transitions = new Map<number, readonly Transition[]>();
  readonly #endings = new Map<Transition, readonly Ending[]>();
  readonly #results = new Map<string, number>();
  /** By number: the messages of a call, and the number of its result. */
  readonly #emitted: Int32Array[] = [];
  readonly #resultNumbers: number[] = [];
  readonly #emittedNumbers = new Map<string, number>();

  constructor(
    readonly exploration: Exploration,
    readonly monitor: PropertyMonitor<W>,
    readonly given: Processes<W>,
  ) {
    const { compiled } = monitor;
    const { stimuli } = compiled.network;
    const processes = stimuli.map((stimulus) => given.process(stimulus));
    this.#processes = [...new Set(processes.filter((process) => process !== undefined))];
    this.#processOf = Int32Array.from(processes, (process) =>
      process === undefined ? -1 : this.#processes.indexOf(process),
    );
    this.#choices = stimuli.map(({ call, description }) => call ?? description);
    this.#idle = this.#processes.map(
      (process) => new MemoizedPredicate(compiled, (world) => given.isIdle(world, process)),
    );
    this.#interpreter = new Interpreter(compiled as CompiledSystem);
    this.#before = new Int32Array(compiled.components.length);
    this.#isTerminal = new Uint8Array(exploration.visited.size);
    for (const state of exploration.terminal) this.#isTerminal[state] = 1;
  }

  /** Whether all processes are idle. */
  isQuiet(state: number): boolean {
    this.exploration.visited.load(state, this.#before);
    return this.#idle.every((idle) => idle.holds(this.#before));
  }

  /** The transitions of processes from a state. */
  transitions(from: number): readonly Transition[] {
    const known = this.#transitions.get(from);
    if (known !== undefined) return known;
    const found: Transition[] = [];
    const { visited } = this.exploration;
    const before = this.#before;
    visited.load(from, before);
    if (this.#isTerminal[from] === 0)
      for (let stimulus = 0; stimulus < this.#processOf.length; stimulus++) {
        if (this.#processOf[stimulus]! < 0) continue;
        this.#interpreter.state.set(before);
        if (this.#interpreter.step(stimulus) !== 'quiescence') continue;
        const { state } = this.#interpreter;
        const ends = this.#idle[this.#processOf[stimulus]!]!.holds(state);
        found.push({ stimulus, to: visited.numberOf(state)!, ...this.#numbers(), ends });
      }
    this.#transitions.set(from, found);
    this.bytes += STATE_BYTES + found.length * TRANSITION_BYTES;
    return found;
  }

  /**
   * Reports each overlap of the call that `first` begins which ends as neither order does. Returns the number of calls
   * that can begin meanwhile.
   */
  overlaps(from: number, first: Transition, report: (broken: Break) => void): number {
    if (first.ends) return 0;
    const alone = this.#underWay(first);
    const seconds = new Set<number>();
    for (const { state } of alone)
      for (const second of this.transitions(state))
        if (!this.#isOf(second, first)) seconds.add(second.stimulus);
    for (const second of seconds) {
      const begins = [first.stimulus, second] as const;
      let orders: ReadonlySet<Outcome> | undefined;
      for (const end of this.#interleavings(alone, first, second)) {
        orders ??= new Set(this.#orders(from, begins).flat().map(outcomeOf));
        const results = [end.first!.result, end.second!.result];
        if (orders.has(outcomeOf({ state: end.state, results }))) continue;
        report({ from, begins, emitted: end.emitted, interleaving: stimuliTo(end) });
      }
    }
    return seconds.size;
  }

  /** The name of a break class: the classes of both calls, each with all that it emitted, in alphabetical order. */
  className({ begins, emitted }: Break): string {
    return begins
      .map((stimulus, i) => this.#classOf(stimulus, emitted[i]!))
      .sort()
      .join(' beside ');
  }

  /** Where an overlap begins, and the calls one after the other. */
  overlap({ from, begins }: Break, begin: number): Overlap {
    const orders = this.#orders(from, begins).flatMap(([shown]) => (shown ? [shown.stimuli] : []));
    return { begin, orders };
  }

  /** The first call before the second, and the second before the first. */
  #orders(from: number, [first, second]: Break['begins']) {
    return [this.#serial(from, first, second, false), this.#serial(from, second, first, true)];
  }

  /** All ways in which one call ends and then another one; `swapped`: `earlier` is the second of the overlap. */
  #serial(from: number, earlier: number, later: number, swapped: boolean) {
    return this.#alternatives(from, earlier).flatMap((one) =>
      this.#endingsOf(one).flatMap((middle) =>
        this.#alternatives(middle.state, later).flatMap((other) =>
          this.#endingsOf(other).map((end) => ({
            state: end.state,
            results: swapped ? [end.result, middle.result] : [middle.result, end.result],
            stimuli: [...middle.stimuli, ...end.stimuli],
          })),
        ),
      ),
    );
  }

  /** The transitions that begin this call: the design may leave a choice open. */
  #alternatives(from: number, stimulus: number): readonly Transition[] {
    const choice = this.#choices[stimulus];
    return this.transitions(from).filter((one) => this.#choices[one.stimulus] === choice);
  }

  /** All ways in which a call ends that begins so while nothing else happens. */
  #endingsOf(begin: Transition): readonly Ending[] {
    const known = this.#endings.get(begin);
    if (known !== undefined) return known;
    const endings: Ending[] = [];
    const seen = new Set([begin.to]);
    const queue: (readonly [Transition, readonly number[]])[] = [[begin, [begin.stimulus]]];
    for (const [last, stimuli] of queue) {
      if (last.ends) {
        endings.push({ state: last.to, result: last.result, stimuli });
        continue;
      }
      for (const next of this.transitions(last.to))
        if (this.#isOf(next, begin) && (next.ends || !seen.has(next.to))) {
          seen.add(next.to);
          queue.push([next, [...stimuli, next.stimulus]]);
        }
    }
    this.#endings.set(begin, endings);
    return endings;
  }

  /** The ways in which only the call that `first` begins is under way: each state, and what the call emitted, once. */
  #underWay(first: Transition): readonly Overlapping[] {
    const begin: Overlapping = {
      state: first.to,
      ...{ first: undefined, second: undefined, hasSecondBegun: false },
      emitted: [[first.emitted], []],
      stimulus: first.stimulus,
      before: undefined,
    };
    const seen = new Set([keyOf(begin)]);
    const found = [begin];
    for (const before of found)
      for (const next of this.transitions(before.state)) {
        if (!this.#isOf(next, first) || next.ends) continue;
        const emitted = [including(before.emitted[0], next.emitted), []] as const;
        const after = { ...begin, state: next.to, stimulus: next.stimulus, before, emitted };
        if (seen.has(keyOf(after))) continue;
        seen.add(keyOf(after));
        found.push(after);
      }
    return found;
  }

  /** The ends of all overlaps of two calls, the shortest first. */
  *#interleavings(
    alone: readonly Overlapping[],
    first: Transition,
    second: number,
  ): Iterable<Overlapping> {
    const queue = [...alone];
    const seen = new Set<string>();
    for (const before of queue) {
      if (before.first && before.second) {
        yield before;
        continue;
      }
      for (const next of this.transitions(before.state)) {
        const after = this.#advanced(before, next, first, second);
        if (after === undefined) continue;
        if (seen.has(keyOf(after))) continue;
        seen.add(keyOf(after));
        queue.push(after);
      }
    }
  }

  /** The overlap after one more transition; undefined if that belongs to neither call, or comes before the second. */
  #advanced(
    before: Overlapping,
    next: Transition,
    first: Transition,
    second: number,
  ): Overlapping | undefined {
    const at = { state: next.to, stimulus: next.stimulus, before };
    const ended = next.ends ? next : undefined;
    const [ofFirst, ofSecond] = before.emitted;
    const inSecond = [ofFirst, including(ofSecond, next.emitted)] as const;
    if (!before.hasSecondBegun)
      return next.stimulus === second
        ? { ...before, ...at, hasSecondBegun: true, second: ended, emitted: inSecond }
        : undefined;
    if (this.#isOf(next, first)) {
      const emitted = [including(ofFirst, next.emitted), ofSecond] as const;
      return before.first ? undefined : { ...before, ...at, first: ended, emitted };
    }
    const isOfSecond = this.#processOf[next.stimulus] === this.#processOf[second];
    return isOfSecond && !before.second
      ? { ...before, ...at, second: ended, emitted: inSecond }
      : undefined;
  }

  #isOf(one: Transition, other: Transition): boolean {
    return this.#processOf[one.stimulus] === this.#processOf[other.stimulus];
  }

  #classOf(stimulus: number, emitted: readonly number[]): string {
    const { compiled, classes } = this.monitor;
    const messages = emitted
      .flatMap((number) => [...this.#emitted[number]!])
      .map((number) => compiled.outputs[number]!);
    return classes.names[classes.numberOf(compiled.network.stimuli[stimulus]!, messages)] ?? '';
  }

  /** Numbers of the result of the call made last, and of its messages. */
  #numbers(): Pick<Transition, 'result' | 'emitted'> {
    const { emitted, emittedCount } = this.#interpreter;
    const list = emitted.slice(0, emittedCount);
    const key = list.join();
    const known = this.#emittedNumbers.get(key);
    if (known !== undefined) return { result: this.#resultOf(known), emitted: known };
    const number = this.#emitted.push(list) - 1;
    this.#emittedNumbers.set(key, number);
    return { result: this.#resultOf(number), emitted: number };
  }

  #resultOf(emitted: number): number {
    this.#resultNumbers[emitted] ??= this.#numberResult(emitted);
    return this.#resultNumbers[emitted];
  }

  #numberResult(emitted: number): number {
    const { outputs } = this.monitor.compiled;
    const messages = [...this.#emitted[emitted]!].map((number) => outputs[number]!);
    const text = JSON.stringify(this.given.result ? this.given.result(messages) : messages);
    const number = this.#results.get(text) ?? this.#results.size;
    this.#results.set(text, number);
    return number;
  }
}

const outcomeOf = ({
  state,
  results: [first, second],
}: {
  readonly state: number;
  readonly results: readonly number[];
}): Outcome => `${state} ${first!} ${second!}`;

const including = (numbers: readonly number[], number: number): readonly number[] =>
  numbers.includes(number) ? numbers : [...numbers, number];

/** Overlaps with the same key go on alike, and their breaks are of the same classes. */
const keyOf = ({ state, first, second, emitted }: Overlapping): string =>
  `${state} ${first?.result} ${second?.result} ${emitted.join(' ')}`;

/** The stimuli of an overlap. */
function stimuliTo(end: Overlapping): readonly number[] {
  const stimuli: number[] = [];
  for (let at: Overlapping | undefined = end; at; at = at.before) stimuli.unshift(at.stimulus);
  return stimuli;
}
