import { abortOnSignal } from '../shared/abortOnSignal.js';
import { progressReporter } from '../shared/progress.js';
import { repairReport } from '../shared/repair/report.js';
import { type RepairFlags, repairOf } from '../shared/repair/search.js';
import { repairText } from '../shared/repair/text.js';
import { targetNamed } from '../shared/target.js';

/** Runs `recwalk repair`. Exit codes: 0 some set fixes everything, 1 none does, 3 stopped before either was known. */
export async function repair(name: string, flags: RepairFlags): Promise<number> {
  const target = await targetNamed(name, flags.scope, flags.rule);
  const reporter = progressReporter(flags.quiet);
  const interrupt = abortOnSignal();
  const repaired = await repairOf(target, flags, interrupt.signal, reporter);
  reporter.clear();
  interrupt.release();
  process.stdout.write(
    flags.json ? `${JSON.stringify(repairReport(repaired), null, 2)}\n` : repairText(repaired),
  );
  const { sets, stopped } = repaired.repair;
  if (sets.length > 0) return 0;
  return stopped ? 3 : 1;
}
