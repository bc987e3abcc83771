import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { networkOf } from '../../machines/design.js';
import { parseScope } from '../../machines/scopes.js';
import { Fault } from '../model/fault.js';
import type { Network } from '../model/network.js';
import { designNamed, rulesNamed } from './catalogue.js';

const isFile = (target: string) => /\.[cm]?[jt]s$/.test(target) || target.includes('/');

/** The network that a target on the command line names: a design in a scope, or a file's default export. */
export async function networkFor(
  target: string,
  scope: string | undefined,
  rules: readonly string[] | undefined,
): Promise<Network> {
  if (!isFile(target))
    return networkOf(
      await designNamed(target),
      parseScope(scope ?? 'default'),
      await rulesNamed(rules),
    );
  if (scope !== undefined)
    throw new Fault(
      'RW013',
      `--scope is for designs; ${target} is a file and says itself how much it holds`,
    );
  const network = await load(target);
  if (rules === undefined) return network;
  const known = network.rules ?? [];
  return {
    ...network,
    rules: rules.map((id) => {
      const rule = known.find((r) => r.id === id);
      if (rule === undefined)
        throw new Fault(
          'RW012',
          `${target} has no rule "${id}"; it has ${known.map((r) => r.id).join(', ') || 'none'}`,
        );
      return rule;
    }),
  };
}

async function load(file: string): Promise<Network> {
  const path = resolve(file);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile())
    throw new Fault(
      'RW014',
      `there is no file ${file}; give the path of a TypeScript or JavaScript file`,
    );
  let network: Partial<Network> | undefined;
  try {
    if (/\.[cm]?ts$/.test(path)) {
      const { createJiti } = await import('jiti');
      network = await createJiti(pathToFileURL(path).href, { fsCache: false }).import<Network>(
        path,
        { default: true },
      );
    } else network = (await import(pathToFileURL(path).href)).default;
  } catch (error) {
    const [line] = String(error instanceof Error ? error.message : error).split('\n');
    throw new Fault('RW015', `${file} cannot be loaded: ${line?.trim()}`);
  }
  if (
    !Array.isArray(network?.components) ||
    !Array.isArray(network.stimuli) ||
    typeof network.world !== 'function'
  )
    throw new Fault(
      'RW016',
      `${file} has no network as its default export; export default { name, says, components, stimuli, world }`,
    );
  return network as Network;
}
