import { createHash } from 'node:crypto';
import type { CompiledSystem } from './compiledSystem.js';
import { exactText } from './exactText.js';
import { snapshotData } from './frozenSnapshot.js';

/**
 * Twelve hex digits (SHA-256) that change when any machine behaves differently. The digest covers only the transitions
 * computed so far, so compare digests only after the same search.
 */
export function modelDigest(compiled: CompiledSystem): string {
  const hash = createHash('sha256');
  const { scope, name } = compiled.network;
  hash.update(exactText({ name, scope, words: compiled.outputs }, 'the network'));
  for (const table of compiled.components)
    hash.update(
      exactText(
        {
          name: table.name,
          seen: table.snapshots.map(snapshotData),
          messages: table.messages,
          next: table.next,
          emitted: table.emitted.map((pairs) => [...pairs]),
        },
        `table ${table.name}`,
      ),
    );
  return hash.digest('hex').slice(0, 12);
}
