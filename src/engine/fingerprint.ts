import { createHash } from 'node:crypto';
import { exactText } from './exact.js';
import { stateOf } from './snapshot.js';
import type { Tables } from './tables.js';

/**
 * Twelve hex digits that change when any machine answers anything differently. Taken of what was
 * asked, so compare only after the same search.
 */
export function fingerprint(tables: Tables): string {
  const hash = createHash('sha256');
  const { scope, name } = tables.network;
  hash.update(exactText({ name, scope, words: tables.words }, 'the network'));
  for (const table of tables.all)
    hash.update(
      exactText(
        {
          name: table.name,
          seen: table.seen.map(stateOf),
          messages: table.messages,
          next: table.next,
          said: table.said.map((pairs) => [...pairs]),
        },
        `table ${table.name}`,
      ),
    );
  return hash.digest('hex').slice(0, 12);
}
