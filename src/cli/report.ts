import type { Judged, Verdict } from '../engine/check.js';
import { fingerprint } from '../engine/fingerprint.js';
import { play } from '../engine/story.js';
import type { Tables } from '../engine/tables.js';
import type { Vacuity } from '../engine/vacuity.js';
import type { Json } from '../model/network.js';
import type { Checked } from './checked.js';
import type { Evidence } from './evidence.js';
import { version } from './version.js';

interface ReportedStep {
  readonly call: string;
  readonly [field: string]: Json;
}

export interface ReportedRule {
  readonly id: string;
  readonly verdict: Verdict;
  readonly missed?: readonly string[];
  /** Goals that the scope cannot express. */
  readonly outOfScope?: readonly string[];
  readonly counterexample?: { readonly steps: readonly ReportedStep[] };
  /** What kernels showed of the counterexample; empty where a kernel could be asked and was not. */
  readonly evidence?: readonly Evidence[];
  /** The ways in which calls break the rule; `counterexample` and `evidence` above are the first one's. */
  readonly classes?: readonly ReportedClass[];
}

export interface ReportedClass {
  readonly name: string;
  readonly transitions: number;
  readonly counterexample?: { readonly steps: readonly ReportedStep[] };
  readonly evidence?: readonly Evidence[];
}

export interface ReportedResult {
  readonly design: string;
  readonly scope: { readonly [key: string]: Json };
  readonly complete: boolean;
  readonly stopped?: string;
  readonly reductions: readonly string[];
  /** With reductions: states held for all. */
  readonly held?: number;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly seconds: number;
  /** Changes when any machine answers anything differently. */
  readonly machines: string;
  readonly rules: readonly ReportedRule[];
  readonly findings: readonly {
    readonly kind: string;
    readonly says: string;
    readonly counterexample: { readonly steps: readonly ReportedStep[] };
  }[];
  /** Everything that a complete search did not exercise. */
  readonly vacuity?: Vacuity;
}

/** What `check --json` prints; `docs/check.schema.json` describes it. */
export interface Report {
  readonly tool: 'recwalk';
  readonly version: string;
  readonly results: readonly ReportedResult[];
}

export const report = (results: readonly ReportedResult[]): Report => ({
  tool: 'recwalk',
  version,
  results,
});

export function reportResult({ check, evidence }: Checked, seconds: number): ReportedResult {
  const { tables, exploration, rules, findings, reductions, vacuity } = check;
  const { complete, stopped, states, transitions, depth, held } = exploration;
  return {
    design: tables.network.name,
    scope: tables.network.scope ?? {},
    complete,
    ...(stopped === undefined ? {} : { stopped }),
    reductions: reductions.flatMap(({ says, because }) => (because === undefined ? [says] : [])),
    ...(held === undefined ? {} : { held }),
    states,
    transitions,
    depth,
    seconds,
    machines: fingerprint(tables),
    rules: rules.map((judged) => reportRule(judged, tables, evidence.get(judged.rule.id))),
    findings: findings.map(({ kind, says, path }) => ({
      kind,
      says,
      counterexample: { steps: steps(tables, path) },
    })),
    ...(vacuity && { vacuity }),
  };
}

function reportRule(
  { rule, verdict, path, missed, outOfScope, classes }: Judged<unknown>,
  tables: Tables,
  evidence: readonly (readonly Evidence[])[] | undefined,
): ReportedRule {
  return {
    id: rule.id,
    verdict,
    ...(missed === undefined ? {} : { missed }),
    ...(outOfScope === undefined ? {} : { outOfScope }),
    ...(path === undefined ? {} : { counterexample: { steps: steps(tables, path) } }),
    ...(evidence?.[0] === undefined ? {} : { evidence: evidence[0] }),
    ...(classes === undefined
      ? {}
      : {
          classes: classes.map(({ name, transitions, path }, i) => ({
            name,
            transitions,
            ...(path === undefined ? {} : { counterexample: { steps: steps(tables, path) } }),
            ...(evidence?.[i] === undefined ? {} : { evidence: evidence[i] }),
          })),
        }),
  };
}

function steps(tables: Tables, path: readonly number[]): ReportedStep[] {
  const { report } = tables.network;
  return Array.from(play(tables, path), ({ stimulus, said, after }) => {
    const seen = report?.(said, after) ?? { said: said as readonly Json[] };
    return { call: stimulus.says, ...(seen as { [field: string]: Json }) };
  });
}
