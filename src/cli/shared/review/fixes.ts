import type { Design } from '../../../../machines/design.js';
import { counted, number } from '../../../model/formatNumber.js';
import type { FixReport } from '../../../review/review.js';
import type { LimitFlags } from '../limits.js';
import type { ProgressReporter } from '../progress.js';
import { repairOf } from '../repair/search.js';

/** The command that searches for fixes of a design and, if requested, its result. */
export async function fixReportOf(
  design: Design,
  flags: LimitFlags & { readonly scope?: string; readonly fix?: boolean },
  signal: AbortSignal,
  say: ProgressReporter,
): Promise<FixReport> {
  const command = `recwalk repair ${design.name}${scopeFlag(flags)}`;
  if (!flags.fix) return { command };
  const { repair, candidates } = await repairOf(design, flags, signal, say);
  const used = candidates.filter(({ name }) => repair.sets.some((set) => set.includes(name)));
  return {
    command,
    sets: repair.sets,
    walked: `${number(repair.tried)} of ${counted(repair.of, 'set')} of ${counted(candidates.length, 'fix')} walked, the smallest first`,
    stopped: repair.stopped,
    changes: used.map(({ name, description, where, drawback }) => ({
      name,
      description,
      where,
      drawback,
    })),
  };
}

/** The --scope option to append to a command; empty if none was given. */
export const scopeFlag = ({ scope }: { readonly scope?: string }): string =>
  scope === undefined ? '' : ` --scope ${scope}`;
