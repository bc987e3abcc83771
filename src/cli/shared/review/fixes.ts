import { counted, number } from '../../../model/formatNumber.js';
import type { ReviewedDesign } from '../../../review/review.js';
import type { LimitFlags } from '../limits.js';
import type { ProgressReporter } from '../progress.js';
import { repairOf } from '../repair/search.js';
import type { Target } from '../target.js';

/** The command that searches for fixes of a design and, if requested, its result; nothing without any fixes. */
export async function fixReportOf(
  target: Target,
  flags: LimitFlags & { readonly scope?: string; readonly fix?: boolean },
  signal: AbortSignal,
  reporter: ProgressReporter,
): Promise<Pick<ReviewedDesign, 'fixReport'>> {
  if ((target.domain.fixes ?? []).length === 0) return {};
  const command = `recwalk repair ${target.name}${scopeFlag(flags)}`;
  if (!flags.fix) return { fixReport: { command } };
  const { repair, candidates } = await repairOf(target, flags, signal, reporter);
  const used = candidates.filter(({ name }) => repair.sets.some((set) => set.includes(name)));
  const fixReport = {
    command,
    sets: repair.sets,
    walked: `${number(repair.tried)} of ${counted(repair.of, 'set')} of ${counted(candidates.length, 'fix')} explored, the smallest first`,
    stopped: repair.stopped,
    changes: used.map(({ name, description, where, drawback }) => ({
      name,
      description,
      where,
      drawback,
    })),
  };
  return { fixReport };
}

/** The --scope option to append to a command; empty if none was given. */
export const scopeFlag = ({ scope }: { readonly scope?: string }): string =>
  scope === undefined ? '' : ` --scope ${scope}`;
