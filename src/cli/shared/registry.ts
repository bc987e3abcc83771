import type { Bug } from '../../../machines/bug.js';
import { areClients } from '../../../machines/clients/name.js';
import type { ClientWorld } from '../../../machines/clients/world.js';
import type { Design } from '../../../machines/design.js';
import type { Fix } from '../../../machines/fix.js';
import type { World } from '../../../machines/world.js';
import type { Rule } from '../../model/network.js';
import { UserError } from '../../model/userError.js';
import { fileNamed, namesIn } from './plugins.js';

/**
 * Imports every plugin of a folder of machines/. The folder and the file name identify a plugin, so adding one needs no
 * edit elsewhere.
 */
function all<T>(name: string, key: string): Promise<T[]> {
  const folder = `../machines/${name}`;
  return Promise.all(namesIn(folder).map((file) => fileNamed<T>(folder, file, key)));
}

/** All designs, the oldest first. */
export const designs = async () =>
  (await all<Design>('designs', 'design')).sort((a, b) => (a.date < b.date ? -1 : 1));
export const fixes = () => all<Fix>('fixes', 'fix');
export const bugs = () => all<Bug>('bugs', 'bug');
export const rules = () => all<Rule<World>>('rules', 'rule');
export const clientRules = () => all<Rule<ClientWorld>>('clients/rules', 'rule');

/** The design of this name. Throws RW011 if there is none. */
export async function designNamed(name: string): Promise<Design> {
  const known = await designs();
  const design = known.find((d) => d.name === name);
  if (areClients(name))
    throw new UserError(
      'RW011',
      `"${name}" is a client network, and this command takes a design; clients work with recwalk check, paths, replay, diff, inspect --on, review --finding and export --to promela`,
    );
  if (design === undefined)
    throw new UserError(
      'RW011',
      `no design is called "${name}"; there are ${known.map((d) => d.name).join(', ')} (only recwalk check, paths, diff, inspect --on and export --to promela take a file of your own, as ./my-network.ts)`,
    );
  return design;
}

/** The bug of this name. Throws RW023 if there is none. */
export async function bugNamed(name: string): Promise<Bug> {
  const known = await bugs();
  const bug = known.find((b) => b.name === name);
  if (bug === undefined)
    throw new UserError(
      'RW023',
      `no bug is called "${name}"; there are ${known.map((b) => b.name).join(', ')}`,
    );
  return bug;
}

/**
 * The rules of these names, or all rules if `names` is undefined. Throws RW012 for an unknown name; the message refers
 * to `list`.
 */
export function named<W>(
  known: readonly Rule<W>[],
  names: readonly string[] | undefined,
  list: string,
): readonly Rule<W>[] {
  if (names === undefined) return known;
  return names.map((name) => {
    const rule = known.find((r) => r.id === name);
    if (rule === undefined)
      throw new UserError(
        'RW012',
        `no rule is called "${name}"; recwalk list ${list} lists all ${known.length}`,
      );
    return rule;
  });
}

/** The rules for designs of these names, or all of them. Throws RW012 for an unknown name. */
export const rulesNamed = async (names: readonly string[] | undefined) =>
  named(await rules(), names, 'rules');

/** All fixes except those named. Throws RW024 for an unknown name. */
export async function fixesExcept(left: readonly string[]): Promise<Fix[]> {
  const known = await fixes();
  for (const name of left)
    if (!known.some((fix) => fix.name === name))
      throw new UserError(
        'RW024',
        `--without ${name}: no fix is called "${name}"; there are ${known.map((m) => m.name).join(', ')}`,
      );
  return known.filter(({ name }) => !left.includes(name));
}
