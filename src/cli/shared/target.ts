import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { areClients } from '../../../machines/clients/name.js';
import { networkOf } from '../../../machines/design.js';
import { opsOf, parseScope, type Scope } from '../../../machines/scopes.js';
import { didYouMean } from '../../interpret/didYouMean.js';
import { validateNetwork } from '../../interpret/validateNetwork.js';
import type { Network } from '../../model/network.js';
import { UserError } from '../../model/userError.js';
import type { CatalogTarget, Target } from './knownTarget.js';
import { assertReadable } from './readText.js';
import { designNamed, rulesNamed } from './registry.js';
import { thrownLine } from './render/thrownLine.js';
import { loadingFile } from './userCode.js';

/** Whether a target is a file; otherwise it is a name in the catalog. */
export const isFile = (target: string): boolean =>
  /\.[cm]?[jt]s$/.test(target) || target.includes('/');

/** A design, or clients of one, in a scope. */
export async function catalogTargetNamed(
  name: string,
  scopeText: string | undefined,
  rules: readonly string[] | undefined,
): Promise<CatalogTarget & Pick<Target, 'design'>> {
  if (areClients(name)) return (await import('./clients.js')).clientsNamed(name, scopeText, rules);
  const design = await designNamed(name);
  const scope = parseScope(scopeText ?? 'default');
  return {
    name,
    description: design.description,
    source: design.source,
    design,
    network: networkOf(design, scope, await rulesNamed(rules)),
    ...(design.kernel === undefined ? {} : { kernel: design.kernel }),
    guest: { kind: 'calls', setups: setupsOf(scope) },
  };
}

/**
 * The target of a name: one of the catalog in a scope, or the default export of a file. Throws RW013 for a scope with a
 * file, RW014 or RW057 if the file cannot be read, RW015 if it cannot be loaded, RW016 if it exports no network, RW012
 * for an unknown rule.
 */
export async function targetNamed(
  name: string,
  scope: string | undefined,
  rules: readonly string[] | undefined,
): Promise<Target> {
  if (!isFile(name)) {
    const { design, ...known } = await catalogTargetNamed(name, scope, rules);
    return { name, network: known.network, known, ...(design && { design }) };
  }
  if (scope !== undefined)
    throw new UserError(
      'RW013',
      `--scope is for designs; ${name} is a file, which defines its own size`,
    );
  const network = await load(name);
  if (rules === undefined) return { name, network };
  const known = network.rules ?? [];
  return {
    name,
    network: {
      ...network,
      rules: rules.map((id) => {
        const rule = known.find((r) => r.id === id);
        if (rule === undefined)
          throw new UserError(
            'RW012',
            `${name} has no rule "${id}"; ${didYouMean(
              id,
              known.map((r) => r.id),
            )}`,
          );
        return rule;
      }),
    },
  };
}

/** Number of functions that the guest has for records. */
const GUEST_RECORDS = 8;

/** The guest's `setup` commands for a scope: first with its first functions, then with later ones. */
function setupsOf(scope: Scope): string[] {
  const ops = opsOf(scope).map(({ name, kind, owner }) =>
    kind === 'direct' ? `${name}:${kind}:${owner}` : `${name}:${kind}`,
  );
  return Array.from({ length: GUEST_RECORDS - scope.records + 1 }, (_, skipped) =>
    [`setup records=${scope.records}+${skipped}`, ...ops].join(' '),
  );
}

async function load(file: string): Promise<Network> {
  const path = resolve(file);
  assertReadable(file, 'give the path of a TypeScript or JavaScript file');
  let network: unknown;
  try {
    network = await loadingFile(file, () => defaultExportOf(path));
  } catch (error) {
    throw new UserError('RW015', `${file} cannot be loaded: ${thrownLine(error)}`);
  }
  if (!isMeantAsNetwork(network))
    throw new UserError(
      'RW016',
      `${file} has no network as its default export; export default { name, description, components, stimuli, world }`,
    );
  validateNetwork(network);
  return network;
}

const isMeantAsNetwork = (value: unknown): value is Network =>
  typeof value === 'object' &&
  value !== null &&
  ['components', 'stimuli', 'world'].some((key) => key in value);

async function defaultExportOf(path: string): Promise<Network> {
  const url = pathToFileURL(path).href;
  if (!/\.[cm]?ts$/.test(path)) return (await import(url)).default;
  const { createJiti } = await import('jiti');
  return createJiti(url, { fsCache: false }).import<Network>(path, { default: true });
}
