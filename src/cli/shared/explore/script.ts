import { readFileSync } from 'node:fs';
import { UserError } from '../../../model/userError.js';
import { packageRoot } from '../version.js';

/** The script of the explorer page. Throws RW046 if it was not built. */
export function explorerScript(): string {
  const file = new URL('dist/explorer.js', packageRoot);
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UserError('RW046', 'dist/explorer.js does not exist; build it with npm run prepare');
  }
}
