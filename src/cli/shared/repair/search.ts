import { type Fix, flipped, isChange } from '../../../domain.js';
import { didYouMean } from '../../../interpret/didYouMean.js';
import { counted } from '../../../model/formatNumber.js';
import { UserError } from '../../../model/userError.js';
import { type FixSets, minimalFixSets as repairBy } from '../../../repair/minimalFixSets.js';
import { type Check, type CheckOptions, check } from '../../../search/check.js';
import { type LimitFlags, limitsOf } from '../limits.js';
import type { ProgressReporter } from '../progress.js';
import { networkOf, type Target } from '../target.js';

/** The options of `repair`. */
export interface RepairFlags extends LimitFlags {
  readonly scope?: string;
  readonly rule?: readonly string[];
  /** Names of fixes to leave out of the search. */
  readonly without?: readonly string[];
  readonly json?: boolean;
}

/** A set of fixes under which every rule holds, and a check for each fix left out of it. */
export interface FixReport {
  readonly fixes: readonly Fix[];
  readonly check: Check;
  readonly without: readonly { readonly fix: Fix; readonly check: Check }[];
}

/** The result of a repair. */
export interface Repaired {
  readonly target: Target;
  /** The design without fixes. */
  readonly before: Check;
  /** Every fix that changes this design. */
  readonly candidates: readonly Fix[];
  readonly repair: FixSets;
  readonly fixSets: readonly FixReport[];
  /** If no set fixes everything: for each broken rule, the smallest sets that fix it alone. */
  readonly byRule: readonly { readonly rule: string; readonly repair: FixSets }[];
}

/**
 * Checks a design with every set of fixes, the smallest first, until some sets fix everything. The rules are those of
 * the target.
 */
export async function repairOf(
  target: Target,
  flags: RepairFlags,
  signal: AbortSignal,
  { progress }: ProgressReporter,
): Promise<Repaired> {
  const { design } = target;
  const rules = target.network.rules ?? [];
  const candidates = fixesExcept(target, flags.without ?? []).filter(
    (fix) =>
      isChange(fix, design.features) && (fix.concerns?.(target.scope?.value as never) ?? true),
  );
  const limits = limitsOf(flags, signal);
  const byName = (set: readonly string[]) => candidates.filter((m) => set.includes(m.name));
  const walk = (set: readonly Fix[], only = rules, options: CheckOptions = {}) =>
    check(networkOf(target, only, flipped(design, ...set.map((m) => m.change))), {
      ...limits,
      ...options,
    });
  const search = (only = rules) =>
    repairBy(
      candidates.map((m) => m.name),
      async (set) => {
        const done = await walk(byName(set), only, { untilBroken: true });
        const broken = done.findings.length > 0 || done.rules.some((r) => r.verdict === 'broken');
        return { broken, stopped: !broken && !done.exploration.complete };
      },
      {
        signal,
        progress: (set, tried) =>
          progress(
            `${design.name}: ${counted(tried, 'set')} explored, now ${set.join(', ') || 'none'}`,
          ),
      },
    );

  const before = await walk([]);
  const found = await search();
  const fixSets: FixReport[] = [];
  for (const set of found.sets.map(byName)) {
    const without: FixReport['without'][number][] = [];
    for (const fix of set) without.push({ fix, check: await walk(set.filter((m) => m !== fix)) });
    fixSets.push({ fixes: set, check: await walk(set), without });
  }
  const byRule: Repaired['byRule'][number][] = [];
  if (found.sets.length === 0 && !found.stopped)
    for (const { rule, verdict } of before.rules)
      if (verdict === 'broken')
        byRule.push({ rule: rule.id, repair: await search(rules.filter((r) => r.id === rule.id)) });
  return { target, before, candidates, repair: found, fixSets, byRule };
}

/** All fixes of a domain except those named. Throws RW024 for an unknown name, RW062 if the domain has no fixes. */
function fixesExcept({ name, domain }: Target, left: readonly string[]): readonly Fix[] {
  const { fixes: known = [] } = domain;
  if (known.length === 0)
    throw new UserError(
      'RW062',
      `${name} has no fixes to try; give its domain fixes, or type a design that has some (recwalk list designs)`,
    );
  for (const name of left)
    if (!known.some((fix) => fix.name === name))
      throw new UserError(
        'RW024',
        `--without ${name}: no fix is called "${name}"; ${didYouMean(
          name,
          known.map((m) => m.name),
        )}`,
      );
  return known.filter(({ name }) => !left.includes(name));
}
