import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Domain } from '../../domain.js';
import { validateNetwork } from '../../interpret/validateNetwork.js';
import type { Network } from '../../model/network.js';
import { UserError } from '../../model/userError.js';
import { assertReadable } from './readText.js';
import { thrownLine } from './render/thrownLine.js';
import { loadingFile } from './userCode.js';
import { validateDomain } from './validateDomain.js';

const loaded = new Map<string, Promise<Domain>>();

/**
 * The domain that a file exports; a network is a domain of one design. Throws RW014 or RW057 if the file cannot be
 * read, RW015 if it cannot be loaded, RW016 if it exports neither.
 */
export function userDomain(file: string): Promise<Domain> {
  const path = resolve(file);
  const domain = loaded.get(path) ?? load(file, path);
  loaded.set(path, domain);
  return domain;
}

async function load(file: string, path: string): Promise<Domain> {
  assertReadable(file, 'give the path of a TypeScript or JavaScript file');
  let given: unknown;
  try {
    given = await loadingFile(file, () => defaultExportOf(path));
  } catch (error) {
    throw new UserError('RW015', `${file} cannot be loaded: ${thrownLine(error)}`);
  }
  if (has(given, ['designs'])) {
    validateDomain(given as Domain);
    return given as Domain;
  }
  if (!has(given, ['components', 'stimuli', 'world']))
    throw new UserError(
      'RW016',
      `${file} has no network and no domain as its default export; export default { name, description, components, stimuli, world } or { name, designs, rules, network }`,
    );
  validateNetwork(given as Network);
  return domainOf(given as Network, file);
}

/** Whether the value has one of these properties. */
const has = (value: unknown, keys: readonly string[]): boolean =>
  typeof value === 'object' && value !== null && keys.some((key) => key in value);

/** The domain of one design in one size. */
function domainOf(network: Network, file: string): Domain {
  const { name, description, rules: own = [] } = network;
  return {
    name,
    designs: [{ name, date: '', description, source: file, features: {}, breaks: [] }],
    rules: own,
    network: (_design, _scope, rules) => (rules === own ? network : { ...network, rules }),
  };
}

async function defaultExportOf(path: string): Promise<unknown> {
  const url = pathToFileURL(path).href;
  if (!/\.[cm]?ts$/.test(path)) return (await import(url)).default;
  const { createJiti } = await import('jiti');
  return createJiti(url, { fsCache: false }).import(path, { default: true });
}
