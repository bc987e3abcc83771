import { diff as diffNetworks } from '../../diff/diff.js';
import { counted, number } from '../../model/formatNumber.js';
import { abortOnSignal } from '../shared/abortOnSignal.js';
import { becauseOf, divergenceClassesOf } from '../shared/diff/causes.js';
import { diffReport } from '../shared/diff/report.js';
import { diffText } from '../shared/diff/text.js';
import { type LimitFlags, limitLine, limitsOf } from '../shared/limits.js';
import { progressReporter, searchProgress } from '../shared/progress.js';
import { takesScope, targetNamed } from '../shared/target.js';

/** The options of `diff`. */
export interface DiffFlags extends LimitFlags {
  readonly scope?: string;
  readonly json?: boolean;
}

/**
 * Runs `recwalk diff`. Exit codes: 0 the same outcomes everywhere, 1 the outcomes differ, 3 a limit stopped the search
 * before it found a difference.
 */
export async function diff(targets: readonly [string, string], flags: DiffFlags): Promise<number> {
  // --scope applies to each side that has scopes. If neither has, it is an error.
  const takes = await Promise.all(targets.map(takesScope));
  const scopeOf = (side: 0 | 1) =>
    takes[side] || takes.every((one) => !one) ? flags.scope : undefined;
  const [mine, its] = await Promise.all([
    targetNamed(targets[0], scopeOf(0), []),
    targetNamed(targets[1], scopeOf(1), []),
  ]);
  const [one, other] = [mine.network, its.network];
  // Two files may export networks of the same name.
  const names = one.name === other.name ? targets : ([one.name, other.name] as const);
  const reporter = progressReporter(flags.quiet);
  const interrupt = abortOnSignal();
  const begun = performance.now();
  const done = await diffNetworks(one, other, {
    ...limitsOf(flags, interrupt.signal),
    progress: searchProgress(names.join(' and '), reporter, 'pairs of states'),
    ...divergenceClassesOf(mine, its),
  });
  reporter.clear();
  interrupt.release();
  const because = becauseOf(mine, its, done);
  const seconds = Math.round(performance.now() - begun) / 1000;
  process.stdout.write(
    flags.json
      ? `${JSON.stringify(diffReport(done, names, seconds, because), null, 2)}\n`
      : diffText(done, names, because),
  );
  if (done.stopped !== undefined && !flags.quiet)
    process.stderr.write(
      `${names.join(' and ')}: stopped (${done.stopped}) after ${counted(done.states, 'pair')} of states, ${number(done.transitions)} calls, depth ${done.depth}; the unexplored part may differ\n${limitLine(done)}`,
    );
  if (done.differences.length > 0) return 1;
  return done.complete ? 0 : 3;
}
