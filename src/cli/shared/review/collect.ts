import { modelDigest } from '../../../interpret/modelDigest.js';
import type {
  Coverage,
  Review,
  ReviewedDesign,
  ReviewedScope,
  Sign,
} from '../../../review/review.js';
import type { Checked } from '../checkResult.js';
import { checkTarget } from '../checkTarget.js';
import { type LimitFlags, limitsOf } from '../limits.js';
import { type ProgressReporter, searchProgress } from '../progress.js';
import { cellOf, SIGNS } from '../render/matrix.js';
import type { TypedScope } from '../scope.js';
import { networkOf, parts, type Target } from '../target.js';
import { version } from '../version.js';
import { chartsOf, type Draws } from './chart.js';
import { compareToPrevious } from './compareToPrevious.js';
import { breaksOf, findingsOf } from './counterexamples.js';
import { fixReportOf } from './fixes.js';

/** The options of `review` that bound the review and extend it. */
export interface CollectFlags extends LimitFlags {
  readonly scope?: string;
  readonly fix?: boolean;
}

/** A review, and the checks it was collected from. */
export interface Collected {
  readonly review: Review;
  readonly checks: readonly Checked[];
}

/** Collects the review of designs of one domain. A part that a limit stopped is marked as stopped. */
export async function collect(
  targets: readonly [Target, ...Target[]],
  flags: CollectFlags,
  draws: Draws,
  signal: AbortSignal,
  reporter: ProgressReporter,
): Promise<Collected> {
  const limits = limitsOf(flags, signal);
  const [{ domain, scope }] = targets;
  const checks: Checked[] = [];
  const reviewed: ReviewedDesign[] = [];
  for (const [i, target] of targets.entries()) {
    const checked = await checkTarget(target, flags, signal, reporter);
    const { exploration } = checked.check;
    const before = targets[i - 1] ?? previous(target);
    const progress = searchProgress(
      `${before?.design.name} and ${target.design.name}`,
      reporter,
      'pairs of states',
    );
    checks.push(checked);
    reviewed.push({
      ...described(checked, target),
      ...(await chartsOf(target, exploration, draws, `chart-${i + 1}`, limits)),
      ...(before === undefined
        ? {}
        : { since: await compareToPrevious(before, target, { ...limits, progress }) }),
      ...(await fixReportOf(target, flags, signal, reporter)),
    });
  }
  reporter.clear();
  const played = domain.guest !== undefined;
  const review: Review = {
    version,
    domain: domain.name,
    played,
    ...(domain.review && { question: domain.review.question }),
    ...(scope && {
      scope: { ...reviewedScope(scope), beyond: domain.review?.beyond(scope.value) ?? [] },
    }),
    signs: signsIn(reviewed, played),
    rules: domain.rules
      .filter(({ id }) =>
        checks.some(({ check }) => check.rules.some(({ rule }) => rule.id === id)),
      )
      .map(({ id, description, source }) => ({ id, description, source })),
    designs: reviewed,
    breaks: breaksOf(checks),
    findings: findingsOf(checks),
    limitations: domain.review?.limitations ?? [],
  };
  return { review, checks };
}

/** The design before a target's design in its domain, in the same scope. */
function previous(target: Target): Target | undefined {
  const { domain, design, name } = target;
  const before = domain.designs[domain.designs.indexOf(design) - 1];
  if (before === undefined) return undefined;
  return {
    ...target,
    name: name === design.name ? before.name : `${parts(name).file}#${before.name}`,
    design: before,
    network: networkOf(target, [], before),
  };
}

/** The parts of a reviewed design that need no further search. */
export function described(
  checked: Checked,
  { name: target, design: { name, description, source, kernel } }: Target,
): Omit<ReviewedDesign, 'chart' | 'fixReport'> {
  const { rules, compiled } = checked.check;
  return {
    name,
    target,
    description,
    source,
    ...(kernel === undefined ? {} : { kernel }),
    ...playedOn(checked),
    cells: Object.fromEntries(rules.map(({ rule: { id } }) => [id, cellOf(checked, id)])),
    coverage: coverageOf(checked),
    legend: compiled.network.glossary ?? '',
  };
}

function playedOn({ evidence }: Checked): Pick<ReviewedDesign, 'playedOn'> {
  const kernels = [...evidence.values()]
    .flat(2)
    .flatMap(({ seen, kernel }) => (seen && kernel !== undefined ? [kernel] : []));
  return kernels.length === 0 ? {} : { playedOn: [...new Set(kernels)] };
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

/** A scope, by name and written out. */
export const reviewedScope = ({ name, text }: TypedScope): Omit<ReviewedScope, 'beyond'> => ({
  name: name ?? text,
  description: text,
});

const signsIn = (designs: readonly ReviewedDesign[], played: boolean): readonly Sign[] => {
  const used = new Set(designs.flatMap(({ cells }) => Object.values(cells)));
  return (Object.keys(SIGNS) as (keyof typeof SIGNS)[])
    .filter((cell) => used.has(cell))
    .map((cell) => ({
      cell,
      sign: SIGNS[cell].sign,
      means: cell === 'broken' && !played ? 'broken' : SIGNS[cell].means,
    }));
};
