import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Design, networkOf } from '../../machines/design.js';
import { parseScope } from '../../machines/scopes.js';
import { Fault } from '../model/fault.js';
import type { Network } from '../model/network.js';
import { designNamed, rulesNamed } from './catalogue.js';

/** Whether a target is a file; else it is a design. */
export const isFile = (target: string): boolean =>
  /\.[cm]?[jt]s$/.test(target) || target.includes('/');

/** What a name on the command line stands for; `design` where it is one of the catalogue. */
export interface Target {
  readonly name: string;
  readonly network: Network;
  readonly design?: Design;
}

/** The target of a name: a design in a scope, or a file's default export. */
export async function targetNamed(
  name: string,
  scope: string | undefined,
  rules: readonly string[] | undefined,
): Promise<Target> {
  if (!isFile(name)) {
    const design = await designNamed(name);
    return {
      name,
      design,
      network: networkOf(design, parseScope(scope ?? 'default'), await rulesNamed(rules)),
    };
  }
  if (scope !== undefined)
    throw new Fault(
      'RW013',
      `--scope is for designs; ${name} is a file and says itself how much it holds`,
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
          throw new Fault(
            'RW012',
            `${name} has no rule "${id}"; it has ${known.map((r) => r.id).join(', ') || 'none'}`,
          );
        return rule;
      }),
    },
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
