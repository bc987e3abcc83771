import type { z } from 'zod';
import type { CompiledSystem } from '../../interpret/compiledSystem.js';
import { modelDigest } from '../../interpret/modelDigest.js';
import { play } from '../../interpret/play.js';
import type { Json } from '../../model/network.js';
import type { Lasso, Overlap, RuleResult } from '../../search/check.js';
import type { Checked, Evidence } from './checkResult.js';
import type { reportSchema } from './reportSchema.js';
import { version } from './version.js';

/** The type of data that is only read. */
type Immutable<T> = z.core.util.JSONType extends T
  ? Json
  : T extends object
    ? { readonly [K in keyof T]: Immutable<T[K]> }
    : T;

/** Output of `check --json`. */
export type Report = Immutable<z.infer<typeof reportSchema>>;

/** One target in the output of `check --json`. */
export type ReportedResult = Report['results'][number];

/** One rule of a target; its `counterexample` and `evidence` are those of its first break class. */
export type ReportedRule = ReportedResult['rules'][number];

type ReportedStep = ReportedResult['findings'][number]['counterexample']['steps'][number];

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
    // Only a search with `untilBroken` stops at a break, and `check` does not use that option.
    ...(stopped === undefined || stopped === 'broken' ? {} : { stopped }),
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
  judged: RuleResult<unknown>,
  compiled: CompiledSystem,
  evidence: readonly (readonly Evidence[])[] | undefined,
): ReportedRule {
  const { rule, verdict, missed, outOfScope, classes, starvation } = judged;
  return {
    id: rule.id,
    verdict,
    ...(missed === undefined ? {} : { missed }),
    ...(outOfScope === undefined ? {} : { outOfScope }),
    ...counterexample(compiled, { ...judged, ...classes?.[0] }),
    ...(starvation && {
      starvation: {
        ...lasso(compiled, starvation),
        starved: starvation.starved.map(({ name, fairness }) => ({ name, fairness })),
      },
    }),
    ...(evidence?.[0] === undefined ? {} : { evidence: evidence[0] }),
    ...(classes === undefined
      ? {}
      : {
          classes: classes.map(({ name, transitions, ...path }, i) => ({
            name,
            ...(transitions === undefined ? {} : { transitions }),
            ...counterexample(compiled, path),
            ...(evidence?.[i] === undefined ? {} : { evidence: evidence[i] }),
          })),
        }),
  };
}

/** A path that breaks a rule, if there is one, as a property. */
const counterexample = (
  compiled: CompiledSystem,
  { path, overlap, ...rest }: Partial<Lasso> & { readonly overlap?: Overlap },
) =>
  path === undefined
    ? {}
    : {
        counterexample: {
          ...lasso(compiled, { path, ...rest }),
          ...(overlap && { overlap: overlapIn(compiled, path, overlap) }),
        },
      };

const overlapIn = (
  compiled: CompiledSystem,
  path: readonly number[],
  { begin, orders }: Overlap,
) => ({
  begin,
  orders: orders.map((order) => ({
    steps: steps(compiled, [...path.slice(0, begin), ...order]).slice(begin),
  })),
});

const lasso = (compiled: CompiledSystem, { path, stem, trigger }: Lasso) => ({
  steps: steps(compiled, path),
  ...(stem === undefined ? {} : { stem }),
  ...(trigger === undefined ? {} : { trigger }),
});

function steps(compiled: CompiledSystem, path: readonly number[]): ReportedStep[] {
  const { outcomeData } = compiled.network;
  return Array.from(play(compiled, path), ({ stimulus, emitted, after }) => {
    const seen = outcomeData?.(emitted, after) ?? { emitted: emitted as readonly Json[] };
    return { call: stimulus.description, ...(seen as { [field: string]: Json }) };
  });
}
