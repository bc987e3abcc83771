import type { CompiledSystem } from '../../interpret/compiledSystem.js';
import { modelDigest } from '../../interpret/modelDigest.js';
import { play } from '../../interpret/play.js';
import type { Json } from '../../model/network.js';
import type { RuleResult, Verdict } from '../../search/check.js';
import type { Vacuity } from '../../search/vacuity.js';
import type { Checked, Evidence } from './checkResult.js';

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
    readonly description: string;
    readonly counterexample: { readonly steps: readonly ReportedStep[] };
  }[];
  /** Everything that a complete search did not exercise. */
  readonly vacuity?: Vacuity;
}

/** What `check --json` prints; `docs/check.schema.json` describes it. */
export interface Report {
  readonly tool: 'recwalk';
  readonly format: 2;
  readonly version: string;
  readonly results: readonly ReportedResult[];
}

export const report = (results: readonly ReportedResult[]): Report => ({
  tool: 'recwalk',
  format: 2,
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
    reductions: reductions.flatMap(({ description, because }) =>
      because === undefined ? [description] : [],
    ),
    ...(held === undefined ? {} : { held }),
    states,
    transitions,
    depth,
    seconds,
    machines: modelDigest(tables),
    rules: rules.map((judged) => reportRule(judged, tables, evidence.get(judged.rule.id))),
    findings: findings.map(({ kind, description, path }) => ({
      kind,
      description,
      counterexample: { steps: steps(tables, path) },
    })),
    ...(vacuity && { vacuity }),
  };
}

function reportRule(
  { rule, verdict, path, missed, outOfScope, classes }: RuleResult<unknown>,
  tables: CompiledSystem,
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

function steps(tables: CompiledSystem, path: readonly number[]): ReportedStep[] {
  const { outcomeData } = tables.network;
  return Array.from(play(tables, path), ({ stimulus, emitted, after }) => {
    const seen = outcomeData?.(emitted, after) ?? { emitted: emitted as readonly Json[] };
    return { call: stimulus.description, ...(seen as { [field: string]: Json }) };
  });
}
