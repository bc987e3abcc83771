import type { Network, Rule } from '../model/network.js';
import { type Exploration, explore, type Limits, type Observer } from './explore.js';
import { Judge } from './judge.js';
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
  const judge = new Judge(rules, tables, new Int32Array(tables.all.length));
  const keep = options.keepTransitions === true || rules.some((rule) => rule.recoverable);
  const successors = keep ? new Successors() : undefined;
  const over: number[] = [];
  /** By claim: the call that felled it. */
  const fallen: ({ readonly from: number; readonly stimulus: number } | undefined)[] = [];
  const findings = new Map<
    string,
    { finding: Omit<Finding, 'path'>; from: number; stimulus: number }
  >();
  let isBroken = false;
  const find = (kind: Finding['kind'], says: string, from: number, stimulus: number) => {
    const key = `${kind} ${says}`;
    isBroken = true;
    if (!findings.has(key)) findings.set(key, { finding: { kind, says }, from, stimulus });
  };
  const observer: Observer = {
    fell: (claims, from, stimulus) => {
      for (const claim of claims) {
        if (!judge.standing[claim]) continue;
        judge.standing[claim] = false;
        fallen[claim] = { from, stimulus };
        isBroken ||= judge.claims[claim]!.goal === undefined;
      }
    },
    ...(successors && { transition: successors.add.bind(successors) }),
    fault: (from, stimulus, how, lost) => {
      if (how === 'babble') find('babble', 'a call that never falls silent', from, stimulus);
      else find('unheard', `${lost?.to} cannot hear ${lost?.message.type} now`, from, stimulus);
    },
    deadlock: (number) => find('deadlock', 'nothing can be done any more', number, -1),
    ended: (number) => over.push(number),
    enough: () => options.untilBroken === true && isBroken,
  };
  const exploration = await explore(tables, judge, observer, options);
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
      const claims = [...judge.claims.keys()].filter((claim) => judge.claims[claim]!.rule === i);
      if (rule.possible) {
        const missed = claims.filter((claim) => judge.standing[claim]);
        if (missed.length === 0) return { rule, verdict: 'holds' };
        return {
          rule,
          verdict: exploration.complete ? 'broken' : 'unknown',
          missed: missed.map((claim) => judge.claims[claim]!.goal!.says),
        };
      }
      const broken = claims.flatMap((claim) => fallen[claim] ?? [])[0];
      if (broken) return { rule, verdict: 'broken', path: path(broken.from, broken.stimulus) };
      if (rule.recoverable && exploration.complete) {
        const good: number[] = [];
        for (let n = 0; n < visited.size; n++) {
          visited.load(n, judge.reactor.state);
          if (judge.good(rule)) good.push(n);
        }
        judge.touches.length = 0;
        const lost = recoverable(successors!, good, visited.size, over);
        if (lost >= 0) return { rule, verdict: 'broken', path: path(lost, -1) };
      }
      return { rule, verdict: whole };
    }),
  };
}
