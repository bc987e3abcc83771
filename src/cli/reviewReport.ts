import { settingOf } from '../kernel/setting.js';
import { Fault } from '../model/fault.js';
import { writeStory } from '../paths/storyText.js';
import type { Report, Witness } from '../review/review.js';
import { designNamed, rulesNamed } from './catalogue.js';
import { type CheckedDesign, checkedDesign } from './checkedDesign.js';
import { breakOf } from './reviewBreaks.js';
import { described, type GatherFlags, question, scopeOf } from './reviewGather.js';
import { scopeFlag } from './reviewMending.js';
import { storySteps } from './storyLines.js';
import type { Talk } from './talk.js';
import { version } from './version.js';

/**
 * One broken cell, RULE@DESIGN, to be sent; undefined where the search was stopped before it was
 * known. Throws RW043 if there is no such cell, RW044 if the rule holds.
 */
export async function reportOf(
  cell: string,
  flags: GatherFlags,
  signal: AbortSignal,
  say: Talk,
): Promise<Report | undefined> {
  const [, id, name] = /^([^@]+)@(.+)$/.exec(cell) ?? [];
  if (id === undefined || name === undefined)
    throw new Fault('RW043', `--finding "${cell}" is no cell; type RULE@DESIGN`);
  const [design, [rule]] = await Promise.all([designNamed(name), rulesNamed([id])]);
  const checked = await checkedDesign(design, [rule!], flags, signal, say);
  say.clear();
  const [judged] = checked.check.rules;
  if (judged!.verdict === 'unknown') return undefined;
  if (judged!.verdict === 'holds')
    throw new Fault(
      'RW044',
      `--finding ${cell}: the rule holds on every path of this scope, so there is nothing to report; recwalk check shows what is broken`,
    );
  const found = breakOf(checked, judged!);
  const [{ seen }] = found.designs;
  const typed = `recwalk check --explain ${cell}${scopeFlag(flags)}`;
  const replay = replayOf(checked, judged!.path, id, design.kernel, found.designs[0], flags);
  return {
    version,
    question,
    rule: { id, says: rule!.says, source: rule!.source },
    design: described(checked, design),
    scope: scopeOf(checked.check.tables.network),
    found,
    kernels: seen.map((kernel) => ({ name: kernel, says: settingOf(kernel) })),
    command: typed,
    ...(replay === undefined ? {} : { replay }),
  };
}

/** The story as a file for `replay`, where a kernel ought to behave like the design. */
function replayOf(
  { check: { tables } }: CheckedDesign,
  path: readonly number[] | undefined,
  rule: string,
  kernel: string | undefined,
  { design }: Witness,
  flags: GatherFlags,
): Report['replay'] {
  if (path === undefined || path.length === 0 || kernel === undefined) return undefined;
  const file = `${rule}.story`;
  const notes = [`design ${design}`, `scope ${scopeOf(tables.network).name}`];
  return {
    file,
    story: writeStory({ notes, steps: storySteps(tables, path) }),
    command: `recwalk replay ${file} --kernel ${kernel}`,
    asModule: `recwalk paths ${design}${scopeFlag(flags)} --from ${file} --cover given --to c -o reproducer`,
  };
}
