import { designNamed } from './catalogue.js';
import { interruptible } from './interrupt.js';
import { repairReport } from './repairReport.js';
import { type RepairFlags, repairOf } from './repairSearch.js';
import { repairText } from './repairText.js';
import { talk } from './talk.js';

/** 0 some set fixes everything · 1 none does · 3 stopped before that was known */
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
