import type { Goal, Message, Network, Rule, Step, Stimulus } from '../model/network.js';
import { type Exploration, explore, type Limits, type Observer } from './explore.js';
import { Reactor } from './reactor.js';
import { recoverable } from './recoverable.js';
import { Successors } from './successors.js';
import { Tables } from './tables.js';

/** `unknown`: the search stopped before it could tell. */
export type Verdict = 'holds' | 'broken' | 'unknown';

export interface Judged<W> {
  readonly rule: Rule<W>;
  readonly verdict: Verdict;
  /** Stimulus numbers of a shortest path that breaks the rule; for `recoverable`, to where no way leads back. */
  readonly path?: readonly number[];
  /** For `possible`: what could not be reached. */
  readonly missed?: readonly string[];
}

/** Something wrong that no rule is needed for; `path` is a shortest way to it. */
export interface Finding {
  readonly kind: 'unheard' | 'babble' | 'deadlock';
  readonly says: string;
  readonly path: readonly number[];
}

export interface Check<W = unknown> {
  readonly tables: Tables<W>;
  readonly exploration: Exploration;
  readonly rules: readonly Judged<W>[];
  readonly findings: readonly Finding[];
  readonly successors: Successors | undefined;
}

export interface CheckOptions extends Limits {
  readonly rules?: readonly Rule<unknown>[];
  /** Keep every transition: needed for paths; kept anyway when a rule asks whether states can recover. */
  readonly keepTransitions?: boolean;
  /** Stop as soon as anything is broken. */
  readonly untilBroken?: boolean;
}

/** Walks every path of the network and judges its rules. Throws Fault if a machine cannot be walked. */
export async function check<W>(network: Network<W>, options: CheckOptions = {}): Promise<Check<W>> {
  const tables = new Tables(network);
  const rules = (options.rules ?? network.rules ?? []) as readonly Rule<W>[];
  const reactor = new Reactor(tables);
  const beforeState = new Int32Array(tables.all.length);
  const before = tables.world(beforeState);
  const after = tables.world(reactor.state);
  const judge = new Judge(rules, before, after, tables, reactor);
  const keep = options.keepTransitions === true || rules.some((rule) => rule.recoverable);
  const successors = keep ? new Successors() : undefined;
  const over: number[] = [];
  const findings = new Map<
    string,
    { finding: Omit<Finding, 'path'>; from: number; stimulus: number }
  >();
  const find = (kind: Finding['kind'], says: string, from: number, stimulus: number) => {
    const key = `${kind} ${says}`;
    if (!findings.has(key)) findings.set(key, { finding: { kind, says }, from, stimulus });
  };
  const observer: Observer = {
    state: (number) => judge.state(number),
    transition: (from, stimulus, to) => {
      judge.transition(from, stimulus);
      successors?.add(from, stimulus, to);
    },
    fault: (from, stimulus, how, lost) => {
      if (how === 'babble') find('babble', 'a call that never falls silent', from, stimulus);
      else find('unheard', `${lost?.to} cannot hear ${lost?.message.type} now`, from, stimulus);
    },
    deadlock: (number) => find('deadlock', 'nothing can be done any more', number, -1),
    ended: (number) => over.push(number),
    enough: () =>
      options.untilBroken === true && (findings.size > 0 || judge.broken.some((b) => b)),
  };
  const ends = network.ends === undefined ? () => false : () => network.ends!(before);
  const exploration = await explore(tables, beforeState, reactor, ends, observer, options);
  const { visited } = exploration;
  const path = (from: number, stimulus: number) => [
    ...visited.path(from),
    ...(stimulus < 0 ? [] : [stimulus]),
  ];
  return {
    tables,
    exploration,
    successors,
    findings: [...findings.values()].map(({ finding, from, stimulus }) => ({
      ...finding,
      path: path(from, stimulus),
    })),
    rules: rules.map((rule, i) => {
      const whole: Verdict = exploration.complete ? 'holds' : 'unknown';
      const broken = judge.broken[i];
      if (broken) return { rule, verdict: 'broken', path: path(broken.from, broken.stimulus) };
      if (rule.possible) {
        const missed = judge.missed(i);
        if (missed.length === 0) return { rule, verdict: 'holds' };
        return { rule, verdict: exploration.complete ? 'broken' : 'unknown', missed };
      }
      if (rule.recoverable && exploration.complete) {
        const lost = recoverable(successors!, judge.good[i]!, visited.size, over);
        if (lost >= 0) return { rule, verdict: 'broken', path: path(lost, -1) };
      }
      return { rule, verdict: whole };
    }),
  };
}

/** Asks each rule only as long as the answer can change its verdict: the search asks millions of times. */
class Judge<W> {
  readonly broken: ({ readonly from: number; readonly stimulus: number } | undefined)[];
  /** For `recoverable` rules: the numbers of states that are good. */
  readonly good: (number[] | undefined)[];
  /** Rules that nothing broke so far, by their number. */
  #always: number[];
  #steps: number[];
  readonly #recoverable: readonly number[];
  /** What was not reached so far. */
  #goals: readonly { readonly rule: number; readonly goal: Goal<W> }[];
  readonly #step: Step<W> & { call: Stimulus };
  #stimulus = 0;
  /** Whether the rule in hand has made the call once more. */
  #tried = false;
  #words: readonly Message[] | undefined;

  constructor(
    readonly rules: readonly Rule<W>[],
    before: W,
    readonly after: W,
    readonly tables: Tables<W>,
    reactor: Reactor,
  ) {
    const numbers = (kind: 'always' | 'step' | 'recoverable') =>
      [...rules.keys()].filter((i) => rules[i]![kind] !== undefined);
    this.#always = numbers('always');
    this.#steps = numbers('step');
    this.#recoverable = numbers('recoverable');
    this.#goals = rules.flatMap(({ possible }, rule) =>
      (possible ?? []).map((goal) => ({ rule, goal })),
    );
    this.broken = rules.map(() => undefined);
    this.good = rules.map((rule) => (rule.recoverable ? [] : undefined));
    const scratch = new Reactor(tables);
    const judge = this;
    this.#step = {
      before,
      after,
      call: tables.network.stimuli[0]!,
      get said() {
        judge.#words ??= reactor.words();
        return judge.#words;
      },
      again: () => {
        if (!this.#tried) scratch.state.set(reactor.state);
        this.#tried = true;
        return scratch.react(this.#stimulus) === 'silence' ? scratch.words() : undefined;
      },
    };
  }

  state(number: number): void {
    const { after, rules } = this;
    for (const i of this.#always)
      if (!rules[i]!.always!(after)) this.#always = this.#break(this.#always, i, number, -1);
    for (const i of this.#recoverable)
      if (rules[i]!.recoverable!(after)) this.good[i]!.push(number);
    for (const reached of this.#goals)
      if (reached.goal.holds(after)) this.#goals = this.#goals.filter((goal) => goal !== reached);
  }

  transition(from: number, stimulus: number): void {
    const step = this.#step;
    step.call = this.tables.network.stimuli[stimulus]!;
    this.#stimulus = stimulus;
    this.#words = undefined;
    for (const i of this.#steps) {
      this.#tried = false;
      if (!this.rules[i]!.step!(step)) this.#steps = this.#break(this.#steps, i, from, stimulus);
    }
  }

  missed(rule: number): string[] {
    return this.#goals.filter((missed) => missed.rule === rule).map(({ goal }) => goal.says);
  }

  /** The rules that still stand, as a new list: the old one is being walked. */
  #break(standing: readonly number[], rule: number, from: number, stimulus: number): number[] {
    this.broken[rule] = { from, stimulus };
    return standing.filter((i) => i !== rule);
  }
}
