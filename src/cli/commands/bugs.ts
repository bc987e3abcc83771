import type { Bug } from '../../../machines/bug.js';
import { bugReport } from '../shared/bug/report.js';
import { type Found, find, isFound, isGone } from '../shared/bug/reproduceBug.js';
import { bugStory, bugTable } from '../shared/bug/text.js';
import { bugNamed, bugs as known } from '../shared/registry.js';

/** Runs `recwalk bugs`. Exit codes: 0 every bug is found before its fix and gone after it, 1 otherwise. */
export async function bugs(
  name: string | undefined,
  flags: { readonly json?: boolean },
): Promise<number> {
  const selected: readonly Bug[] = name === undefined ? await known() : [await bugNamed(name)];
  const found: Found[] = [];
  for (const bug of selected) found.push(await find(bug));
  process.stdout.write(
    flags.json
      ? `${JSON.stringify(bugReport(found), null, 2)}\n`
      : name === undefined
        ? bugTable(found)
        : found.map(bugStory).join('\n'),
  );
  return found.every((one) => isFound(one) && isGone(one)) ? 0 : 1;
}
