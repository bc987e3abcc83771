import { type Design, networkOf, turned } from '../../machines/design.js';
import { changes as isChange, type Mend } from '../../machines/mend.js';
import { parseScope } from '../../machines/scopes.js';
import { counted } from '../model/formatNumber.js';
import { type FixSets, minimalFixSets as repairBy } from '../repair/minimalFixSets.js';
import { type Check, type CheckOptions, check } from '../search/check.js';
import { designNamed, mendsBut, rulesNamed } from './catalogue.js';
import { interruptible } from './interrupt.js';
import { type LimitFlags, limitsOf } from './limits.js';
import { repairReport } from './repairReport.js';
import { repairText } from './repairText.js';
import { type Talk, talk } from './talk.js';

export interface RepairFlags extends LimitFlags {
  readonly scope?: string;
  readonly rule?: readonly string[];
  /** Changes that are not to be tried. */
  readonly without?: readonly string[];
  readonly json?: boolean;
}

/** A set of changes that mends everything, and what breaks when one of them is left out. */
export interface Mending {
  readonly mends: readonly Mend[];
  readonly check: Check;
  readonly without: readonly { readonly mend: Mend; readonly check: Check }[];
}

/** All that is told of a repair. */
export interface Repaired {
  readonly design: Design;
  /** The design as it is. */
  readonly before: Check;
  /** Every change that is one for this design. */
  readonly candidates: readonly Mend[];
  readonly repair: FixSets;
  readonly mendings: readonly Mending[];
  /** Where no set mends everything: the smallest sets that mend each broken rule by itself. */
  readonly byRule: readonly { readonly rule: string; readonly repair: FixSets }[];
}

/** 0 some set mends everything · 1 none does · 3 stopped before that was known */
export async function repair(name: string, flags: RepairFlags): Promise<number> {
  const design = await designNamed(name);
  const say = await talk(flags.quiet);
  const interrupt = interruptible();
  const repaired = await repairOf(design, flags, interrupt.signal, say);
  say.clear();
  interrupt.release();
  process.stdout.write(
    flags.json ? `${JSON.stringify(repairReport(repaired), null, 2)}\n` : repairText(repaired),
  );
  const { sets, stopped } = repaired.repair;
  if (sets.length > 0) return 0;
  return stopped ? 3 : 1;
}

/** Walks a design with every set of changes, the smallest first, until some mend everything. */
export async function repairOf(
  design: Design,
  flags: RepairFlags,
  signal: AbortSignal,
  { progress }: Talk,
): Promise<Repaired> {
  const scope = parseScope(flags.scope ?? 'default');
  const rules = await rulesNamed(flags.rule);
  const candidates = (await mendsBut(flags.without ?? [])).filter((mend) =>
    isChange(mend, design.switches),
  );
  const limits = limitsOf(flags, signal);
  const byName = (set: readonly string[]) => candidates.filter((m) => set.includes(m.name));
  const walk = (set: readonly Mend[], only = rules, options: CheckOptions = {}) =>
    check(networkOf(turned(design, ...set.map((m) => m.change)), scope, only), {
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
            `${design.name}: ${counted(tried, 'set')} walked, now ${set.join(', ') || 'none'}`,
          ),
      },
    );

  const before = await walk([]);
  const found = await search();
  const mendings: Mending[] = [];
  for (const set of found.sets.map(byName)) {
    const without: Mending['without'][number][] = [];
    for (const mend of set)
      without.push({ mend, check: await walk(set.filter((m) => m !== mend)) });
    mendings.push({ mends: set, check: await walk(set), without });
  }
  const byRule: Repaired['byRule'][number][] = [];
  if (found.sets.length === 0 && !found.stopped)
    for (const { rule, verdict } of before.rules)
      if (verdict === 'broken')
        byRule.push({ rule: rule.id, repair: await search(rules.filter((r) => r.id === rule.id)) });
  return { design, before, candidates, repair: found, mendings, byRule };
}
