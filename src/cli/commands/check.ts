import { counted } from '../../model/formatNumber.js';
import { UserError } from '../../model/userError.js';
import { check as checkNetwork } from '../../search/check.js';
import { Checkpoint } from '../../search/checkpoint.js';
import { abortOnSignal } from '../shared/abortOnSignal.js';
import type { Checked } from '../shared/checkResult.js';
import { checkedAs } from '../shared/checkTarget.js';
import { type LimitFlags, limitLine, limitsOf } from '../shared/limits.js';
import { recordLoads } from '../shared/loadedFiles.js';
import { lockCheckpoint } from '../shared/lockCheckpoint.js';
import { observations } from '../shared/observations.js';
import { progressReporter, searchProgress } from '../shared/progress.js';
import { allStories, findingStories } from '../shared/render/counterexamples.js';
import { explainText } from '../shared/render/explain.js';
import { matrixText } from '../shared/render/matrix.js';
import { strictly, vacuityLine, vacuityText } from '../shared/render/vacuity.js';
import { profile, verdictTable } from '../shared/render/verdictTable.js';
import { type ReportedResult, report, reportResult } from '../shared/report.js';
import { type SelectionFlags, selectTargets } from '../shared/selection.js';
import { targetNamed } from '../shared/target.js';
import { builtFrom, version } from '../shared/version.js';

/** The options of `check`. */
export interface CheckFlags extends SelectionFlags, LimitFlags {
  readonly scope?: string;
  readonly json?: boolean;
  readonly reductions: 'auto' | 'on' | 'off';
  readonly checkpoint?: string;
  /** List everything that the search did not exercise. */
  readonly vacuity?: boolean;
  /** Exit with 1 if the search did not exercise something, as for a broken rule. */
  readonly strict?: boolean;
}

/** Maximum number of targets for a table with words and the rules' descriptions; more targets get one sign per cell. */
const MOST_IN_WORDS = 3;

/**
 * Runs `recwalk check`. Exit codes: 0 all rules hold, 1 something is broken (with --strict, also: not exercised), 3 a
 * limit stopped a search, whatever it found.
 */
export async function check(names: readonly string[], flags: CheckFlags): Promise<number> {
  const endRecord = flags.checkpoint === undefined ? undefined : recordLoads();
  const targets = await Promise.all(
    (await selectTargets(names, flags)).map(({ target, rules }) =>
      targetNamed(target, flags.scope, rules),
    ),
  );
  const checkpoint = checkpointOf(flags, targets.length);
  if (checkpoint) checkpoint.files = endRecord!();
  const seen = observations();
  const reporter = progressReporter(flags.quiet);
  const interrupt = abortOnSignal();
  const lock = checkpoint && lockCheckpoint(checkpoint.file);
  const checks: Checked[] = [];
  const results: ReportedResult[] = [];
  for (const target of targets) {
    const { network } = target;
    const begun = performance.now();
    const done = await checkNetwork(network, {
      ...limitsOf(flags, interrupt.signal),
      reductions: flags.reductions,
      progress: searchProgress(network.name, reporter),
      ...(checkpoint && { checkpoint }),
    });
    reporter.clear();
    const seconds = Math.round(performance.now() - begun) / 1000;
    const checked = checkedAs(target, done, seen);
    checks.push(checked);
    results.push(reportResult(checked, seconds));
    if (interrupt.signal.aborted) break;
  }
  interrupt.release();
  process.stdout.write(
    flags.json ? `${JSON.stringify(report(results), null, 2)}\n` : text(checks, names, flags),
  );
  if (results.every((r) => r.complete) && !interrupt.signal.aborted) checkpoint?.remove();
  lock?.release();
  for (const [i, { design, stopped, states, transitions, depth }] of results.entries())
    if (stopped !== undefined && !flags.quiet)
      process.stderr.write(
        `${design}: stopped (${stopped}) after ${counted(states, 'state')}, ${counted(transitions, 'transition')}, depth ${depth}; an unexplored state may break any rule\n${limitLine(checks[i]!.check.exploration)}${profile(checks[i]!.check)}`,
      );
  if (!results.every((r) => r.complete) || results.length < targets.length) return 3;
  const vacuous = flags.strict ? strictly(checks) : undefined;
  if (vacuous !== undefined)
    process.stderr.write(
      `recwalk: --strict: ${vacuous}; give a scope or stimuli that exercise it, or remove it (--vacuity lists it)\n`,
    );
  if (vacuous !== undefined) return 1;
  if (results.some(({ rules }) => rules.some(({ verdict }) => verdict === 'broken'))) return 1;
  return !areCells(flags) && results.some(({ findings }) => findings.length > 0) ? 1 : 0;
}

function checkpointOf({ checkpoint, quiet }: CheckFlags, targets: number): Checkpoint | undefined {
  if (checkpoint === undefined) return undefined;
  if (targets > 1)
    throw new UserError(
      'RW029',
      `--checkpoint ${checkpoint} saves the search of one target, but there are ${targets} targets; type one`,
    );
  return new Checkpoint(
    checkpoint,
    builtFrom ? `${version} ${builtFrom}` : version,
    ({ states, transitions }) => {
      if (!quiet)
        process.stderr.write(
          `resumed from ${checkpoint}: ${counted(states, 'state')}, ${counted(transitions, 'transition')}\n`,
        );
    },
  );
}

const areCells = ({ explain }: SelectionFlags): boolean =>
  explain !== undefined && explain !== true;

function text(checks: readonly Checked[], names: readonly string[], flags: CheckFlags): string {
  const scope = flags.scope === undefined ? '' : ` --scope ${flags.scope}`;
  const vacuity = flags.vacuity === true;
  if (areCells(flags))
    return sections(explainText(checks), vacuity && vacuityText(checks, true, scope));
  if (names.length > 0 && names.length <= MOST_IN_WORDS)
    return sections(
      `${verdictTable(checks.map((c) => c.check))}`,
      vacuityText(checks, vacuity, scope),
      allStories(checks),
    );
  return sections(
    matrixText(checks, scope),
    vacuity ? vacuityText(checks, true, scope) : vacuityLine(checks, scope),
    flags.explain ? allStories(checks) : findingStories(checks),
  );
}

/** Joins the sections that are not empty, with an empty line between them. */
const sections = (...texts: readonly (string | false)[]): string =>
  texts.filter((text) => text !== '' && text !== false).join('\n');
