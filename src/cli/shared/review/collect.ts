import type { Design } from '../../../../machines/design.js';
import { limitations, outOfScope } from '../../../../machines/limitations.js';
import { rfcMail } from '../../../../machines/rfcMail.js';
import { parseScope } from '../../../../machines/scopes.js';
import type { World } from '../../../../machines/world.js';
import { modelDigest } from '../../../interpret/modelDigest.js';
import type { Network, Rule } from '../../../model/network.js';
import type {
  Coverage,
  Question,
  Review,
  ReviewedDesign,
  ReviewedScope,
  Sign,
} from '../../../review/review.js';
import { type CheckedDesign, checkedDesign } from '../checkDesign.js';
import type { Checked } from '../checkResult.js';
import { type LimitFlags, limitsOf } from '../limits.js';
import { type ProgressReporter, searchProgress } from '../progress.js';
import { designs as catalogue } from '../registry.js';
import { cellOf, SIGNS } from '../render/matrix.js';
import { scopeName, scopeTyped } from '../scopeName.js';
import { version } from '../version.js';
import { chartOf, type Draws } from './chart.js';
import { compareToPrevious } from './compareToPrevious.js';
import { breaksOf, findingsOf } from './counterexamples.js';
import { fixReportOf } from './fixes.js';

/** The options of `review` that bound the review and extend it. */
export interface CollectFlags extends LimitFlags {
  readonly scope?: string;
  readonly fix?: boolean;
}

/** The question of the review, and the mail that asks it. */
export const question: Question = rfcMail;

/** A review, and the checks it was collected from. */
export interface Collected {
  readonly told: Review;
  readonly checks: readonly CheckedDesign[];
}

/** Collects the review of these designs. A part that a limit stopped is marked as stopped. */
export async function collect(
  designs: readonly Design[],
  rules: readonly Rule<World>[],
  flags: CollectFlags,
  draws: Draws,
  signal: AbortSignal,
  say: ProgressReporter,
): Promise<Collected> {
  const scope = flags.scope ?? 'default';
  const limits = limitsOf(flags, signal);
  const known = await catalogue();
  const checks: CheckedDesign[] = [];
  const reviewed: ReviewedDesign[] = [];
  for (const [i, design] of designs.entries()) {
    const checked = await checkedDesign(design, rules, flags, signal, say);
    const { exploration } = checked.check;
    const before = designs[i - 1] ?? known[known.findIndex((d) => d.name === design.name) - 1];
    const progress = searchProgress(`${before?.name} and ${design.name}`, say, 'pairs of states');
    checks.push(checked);
    reviewed.push({
      ...described(checked, design),
      chart: await chartOf(design, scope, exploration, draws, `chart-${i + 1}`, limits),
      ...(before === undefined
        ? {}
        : { since: await compareToPrevious(before, design, scope, { ...limits, progress }) }),
      fixReport: await fixReportOf(design, flags, signal, say),
    });
  }
  say.clear();
  const told: Review = {
    version,
    question,
    scope: { ...scopeOf(checks[0]!.check.compiled.network), beyond: outOfScope(parseScope(scope)) },
    signs: signsIn(reviewed),
    rules: rules.map(({ id, description, source }) => ({ id, description, source })),
    designs: reviewed,
    breaks: breaksOf(checks),
    findings: findingsOf(checks),
    limitations,
  };
  return { told, checks };
}

/** A design, or clients of one. */
type Described = Pick<Design, 'name' | 'description' | 'source' | 'kernel'>;

/** The parts of a reviewed design that need no further search. */
export function described(
  checked: Checked,
  { name, description, source, kernel }: Described,
): Omit<ReviewedDesign, 'chart' | 'fixReport'> {
  const { rules, compiled } = checked.check;
  return {
    name,
    description,
    source,
    ...(kernel === undefined ? {} : { kernel }),
    cells: Object.fromEntries(rules.map(({ rule: { id } }) => [id, cellOf(checked, id)])),
    coverage: coverageOf(checked),
    legend: compiled.network.glossary ?? '',
  };
}

function coverageOf({ check: { exploration, reductions, compiled } }: Checked): Coverage {
  const { stopped, states, transitions, depth, held } = exploration;
  return {
    ...(stopped === undefined ? {} : { stopped }),
    states,
    transitions,
    depth,
    ...(held === undefined ? {} : { held }),
    reductions: reductions.map(({ description, because }) =>
      because === undefined ? `by ${description}` : `not by ${description}: ${because}`,
    ),
    machines: modelDigest(compiled),
  };
}

/** The scope of a network, by name and written out. */
export function scopeOf(network: Network): Omit<ReviewedScope, 'beyond'> {
  const description = scopeTyped(network)!;
  return { name: scopeName(network) ?? description, description };
}

const signsIn = (designs: readonly ReviewedDesign[]): readonly Sign[] => {
  const there = new Set(designs.flatMap(({ cells }) => Object.values(cells)));
  return (Object.keys(SIGNS) as (keyof typeof SIGNS)[])
    .filter((cell) => there.has(cell))
    .map((cell) => ({ cell, sign: SIGNS[cell].sign, means: SIGNS[cell].means }));
};
