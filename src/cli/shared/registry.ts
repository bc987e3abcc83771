import { existsSync } from 'node:fs';
import type { Bug } from '../../../machines/bug.js';
import type { ClientWorld } from '../../../machines/clients/world.js';
import type { Design } from '../../../machines/design.js';
import type { Fix } from '../../../machines/fix.js';
import type { World } from '../../../machines/world.js';
import type { Domain } from '../../domain.js';
import { didYouMean } from '../../interpret/didYouMean.js';
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

/** Makes a value when it is first needed. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
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
  if (design !== undefined) return design;
  if (existsSync(name))
    throw new UserError(
      'RW011',
      `${name} exists, but a network is a file that ends in .ts, .tsx, .js, .jsx, .mts, .mjs, .cts or .cjs; type such a file, or the name of a design (recwalk list designs)`,
    );
  throw new UserError(
    'RW011',
    `no design is called "${name}"; ${didYouMean(
      name,
      known.map((d) => d.name),
    )} (a file of your own is typed as ./my-network.ts)`,
  );
}

/** The bug of this name. Throws RW023 if there is none. */
export async function bugNamed(name: string): Promise<Bug> {
  const known = await bugs();
  const bug = known.find((b) => b.name === name);
  if (bug === undefined)
    throw new UserError(
      'RW023',
      `no bug is called "${name}"; ${didYouMean(
        name,
        known.map((b) => b.name),
      )}`,
    );
  return bug;
}

/** The domain of ftrace's own calls. Its designs are the targets of commands that get none. */
export const ftrace = once(async (): Promise<Domain> => {
  const [{ ftraceOf }, { machines }, ...plugins] = await Promise.all([
    import('../../../machines/domain.js'),
    import('../../../machines/index.js'),
    designs(),
    rules(),
    fixes(),
  ]);
  return ftraceOf({ machines, designs: plugins[0], rules: plugins[1], fixes: plugins[2] });
});

/** The domain of the clients above these calls. */
export const clients = once(async (): Promise<Domain> => {
  const [{ clientsDomain }, known, theirs] = await Promise.all([
    import('../../../machines/clients/domain.js'),
    designs(),
    clientRules(),
  ]);
  return clientsDomain(known, theirs);
});

/** A built-in domain that a name belongs to, and the lists of `recwalk list` that show its rules. */
export interface BuiltIn {
  readonly domain: Domain;
  readonly ruleList: string;
}

/** The built-in domain of a design's name. Throws RW011 or RW049 if no built-in design has that name. */
export async function builtInOf(name: string): Promise<BuiltIn> {
  const { areClients, clientsOf } = await import('../../../machines/clients/name.js');
  if (!areClients(name)) {
    await designNamed(name);
    return { domain: await ftrace(), ruleList: 'rules' };
  }
  const domain = await clients();
  if (!domain.designs.some((design) => design.name === name))
    throw new UserError(
      'RW049',
      `there is no client model of the design "${name.slice(clientsOf('').length)}"; type ${domain.designs.map((design) => design.name).join(', ')}`,
    );
  return { domain, ruleList: 'client-rules' };
}
