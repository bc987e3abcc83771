import { UserError } from '../../model/userError.js';
import { type Entry, lists } from '../shared/entries.js';
import { entryBlocks, entryLines } from '../shared/render/listing.js';

/** Runs `recwalk list`: prints one list of the catalog, or all of them. */
export async function list(
  what: string | undefined,
  flags: { readonly json?: boolean },
): Promise<number> {
  if (what !== undefined && !Object.hasOwn(lists, what))
    throw new UserError(
      'RW017',
      `there is no list of ${what}; there are ${Object.keys(lists).join(', ')}`,
    );
  const names = what === undefined ? Object.keys(lists) : [what];
  const all = await Promise.all(names.map(async (name) => [name, await lists[name]!()] as const));
  if (flags.json) {
    process.stdout.write(`${JSON.stringify(Object.fromEntries(all), null, 2)}\n`);
    return 0;
  }
  if (what !== undefined) process.stdout.write(text(all[0]![1], ''));
  else
    process.stdout.write(
      all.map(([name, entries]) => `${name}\n${text(entries, '  ')}`).join('\n'),
    );
  return 0;
}

/** Entries with a source or needs get a block each; other entries fit on a line. */
const text = (entries: readonly Entry[], indent: string): string =>
  (entries.some(({ source, needs }) => source !== undefined || needs !== undefined)
    ? entryBlocks
    : entryLines)(entries, indent);
