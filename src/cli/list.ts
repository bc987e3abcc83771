import { machines } from '../../machines/index.js';
import { scopes, scopeText } from '../../machines/scopes.js';
import { kernels } from '../kernel/kernels.js';
import { Fault } from '../model/fault.js';
import { designs, rules } from './catalogue.js';

type Row = readonly [name: string, says: string];

const LISTS: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  designs: async () =>
    (await designs()).map(({ name, says, source }) => [name, `${says} (${source})`]),
  rules: async () => (await rules()).map(({ id, says, source }) => [id, `${says} (${source})`]),
  machines: async () => Object.entries(machines).map(([name, { says }]) => [name, says]),
  scopes: async () => Object.entries(scopes).map(([name, scope]) => [name, scopeText(scope)]),
  kernels: async () => kernels.map(({ name, says }) => [name, says]),
};

/** What there is, of one sort or of all. */
export async function list(
  what: string | undefined,
  flags: { readonly json?: boolean },
): Promise<number> {
  if (what !== undefined && !Object.hasOwn(LISTS, what))
    throw new Fault(
      'RW017',
      `there is no list of ${what}; there are ${Object.keys(LISTS).join(', ')}`,
    );
  const names = what === undefined ? Object.keys(LISTS) : [what];
  const lists = await Promise.all(names.map(async (name) => [name, await LISTS[name]!()] as const));
  if (flags.json) {
    const told = lists.map(([name, rows]) => [
      name,
      rows.map(([id, says]) => ({ name: id, says })),
    ]);
    process.stdout.write(`${JSON.stringify(Object.fromEntries(told), null, 2)}\n`);
    return 0;
  }
  for (const [name, rows] of lists) {
    if (lists.length > 1) process.stdout.write(`${name}\n`);
    const width = Math.max(...rows.map(([id]) => id.length));
    for (const [id, says] of rows)
      process.stdout.write(`${lists.length > 1 ? '  ' : ''}${id.padEnd(width)}  ${says}\n`);
  }
  return 0;
}
