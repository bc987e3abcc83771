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

/** One rule in the output of `check --json`. */
export interface ReportedRule {
  readonly id: string;
  readonly verdict: Verdict;
  readonly missed?: readonly string[];
  /** Goals that the scope cannot express. */
  readonly outOfScope?: readonly string[];
  readonly counterexample?: { readonly steps: readonly ReportedStep[] };
  /** Evidence of kernels for the counterexample; empty if a kernel could play it and none has. */
  readonly evidence?: readonly Evidence[];
  /** The break classes of the rule; `counterexample` and `evidence` above are those of the first. */
  readonly classes?: readonly ReportedClass[];
}

/** One break class in the output of `check --json`. */
export interface ReportedClass {
  readonly name: string;
  readonly transitions: number;
  readonly counterexample?: { readonly steps: readonly ReportedStep[] };
  readonly evidence?: readonly Evidence[];
}

/** One target in the output of `check --json`. */
export interface ReportedResult {
  readonly design: string;
  readonly scope: { readonly [key: string]: Json };
  readonly complete: boolean;
  readonly stopped?: string;
  readonly reductions: readonly string[];
  /** With reductions: number of stored states, which represent all states. */
  readonly held?: number;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly seconds: number;
  /** Digest of the model. It changes when any machine's answer to any message changes. */
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

/** Output of `check --json`, described by `docs/check.schema.json`. */
export interface Report {
  readonly tool: 'recwalk';
  readonly format: 2;
  readonly version: string;
  readonly results: readonly ReportedResult[];
}

/** The output of `check --json`. */
export const report = (results: readonly ReportedResult[]): Report => ({
  tool: 'recwalk',
  format: 2,
  version,
  results,
});

/** One target in the output of `check --json`; `seconds` is the duration of its check. */
export function reportResult({ check, evidence }: Checked, seconds: number): ReportedResult {
  const { compiled, exploration, rules, findings, reductions, vacuity } = check;
  const { complete, stopped, states, transitions, depth, held } = exploration;
  return {
    design: compiled.network.name,
    scope: compiled.network.scope ?? {},
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
    machines: modelDigest(compiled),
    rules: rules.map((judged) => reportRule(judged, compiled, evidence.get(judged.rule.id))),
    findings: findings.map(({ kind, description, path }) => ({
      kind,
      description,
      counterexample: { steps: steps(compiled, path) },
    })),
    ...(vacuity && { vacuity }),
  };
}

function reportRule(
  { rule, verdict, path, missed, outOfScope, classes }: RuleResult<unknown>,
  compiled: CompiledSystem,
  evidence: readonly (readonly Evidence[])[] | undefined,
): ReportedRule {
  return {
    id: rule.id,
    verdict,
    ...(missed === undefined ? {} : { missed }),
    ...(outOfScope === undefined ? {} : { outOfScope }),
    ...(path === undefined ? {} : { counterexample: { steps: steps(compiled, path) } }),
    ...(evidence?.[0] === undefined ? {} : { evidence: evidence[0] }),
    ...(classes === undefined
      ? {}
      : {
          classes: classes.map(({ name, transitions, path }, i) => ({
            name,
            transitions,
            ...(path === undefined ? {} : { counterexample: { steps: steps(compiled, path) } }),
            ...(evidence?.[i] === undefined ? {} : { evidence: evidence[i] }),
          })),
        }),
  };
}

function steps(compiled: CompiledSystem, path: readonly number[]): ReportedStep[] {
  const { outcomeData } = compiled.network;
  return Array.from(play(compiled, path), ({ stimulus, emitted, after }) => {
    const seen = outcomeData?.(emitted, after) ?? { emitted: emitted as readonly Json[] };
    return { call: stimulus.description, ...(seen as { [field: string]: Json }) };
  });
}
