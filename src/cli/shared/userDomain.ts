import { parse, resolve } from 'node:path';
import type { AnyStateMachine } from 'xstate';
import type { Domain } from '../../domain.js';
import { isMachine } from '../../interpret/actorLogic.js';
import { didYouMean } from '../../interpret/didYouMean.js';
import { validateNetwork } from '../../interpret/validateNetwork.js';
import type { Network } from '../../model/network.js';
import { UserError } from '../../model/userError.js';
import { type MachineOptions, machineNetwork } from '../../xstate/machineNetwork.js';
import { importFile } from './importFile.js';
import { assertReadable } from './readText.js';
import { thrownLine } from './render/thrownLine.js';
import { loadingFile } from './userCode.js';
import { validateDomain } from './validateDomain.js';

const loaded = new Map<string, Promise<Exports>>();
const domains = new Map<string, Domain>();

/** The exports of a file by name; those of a CommonJS file, too. */
type Exports = Readonly<Record<string, unknown>>;

/**
 * The domain that a file exports; a network is a domain of one design, and so is each machine. `name` is the name after
 * FILE#, a design or an exported machine. Throws RW014 or RW057 if the file cannot be read, RW015 if it cannot be
 * loaded, RW016 if it exports nothing that can be checked, RW069 if it exports several machines and `name` is none of
 * them, and the errors of `machineNetwork`.
 */
export async function userDomain(file: string, name: string | undefined): Promise<Domain> {
  const path = resolve(file);
  const exports = loaded.get(path) ?? load(file, path);
  loaded.set(path, exports);
  const key = `${path}#${name ?? ''}`;
  const domain = domains.get(key) ?? domainIn(await exports, file, name);
  domains.set(key, domain);
  return domain;
}

async function load(file: string, path: string): Promise<Exports> {
  assertReadable(file, 'give the path of a TypeScript or JavaScript file');
  try {
    return await loadingFile(file, () => exportsOf(path));
  } catch (error) {
    throw new UserError('RW015', `${file} cannot be loaded: ${thrownLine(error)}`);
  }
}

function domainIn(exports: Exports, file: string, name: string | undefined): Domain {
  const given = exports.default;
  if (has(given, ['designs'])) {
    validateDomain(given as Domain);
    return given as Domain;
  }
  if (has(given, ['components', 'stimuli', 'world'])) {
    validateNetwork(given as Network);
    return domainOf(given as Network, file);
  }
  const { machine, called } = machineIn(exports, file, name);
  const options = (exports.recwalk ?? {}) as MachineOptions;
  return domainOf(machineNetwork(machine, options, called) as Network, file);
}

/** The machine that FILE or FILE#NAME stands for, and its name: that of the export, or else its id. */
function machineIn(exports: Exports, file: string, name: string | undefined) {
  const all = Object.entries(exports).flatMap(([exported, machine]) =>
    isMachine(machine) ? [{ exported, machine, called: calledBy(exported, machine, file) }] : [],
  );
  const wanted =
    name === undefined
      ? (all.find(({ exported }) => exported === 'default') ??
        (all.length === 1 ? all[0] : undefined))
      : all.find(({ exported, called }) => exported === name || called === name);
  if (wanted !== undefined) return wanted;
  if (all.length === 0)
    throw new UserError(
      'RW016',
      `${file} exports no machine, no network and no domain; export default a machine of setup().createMachine(), or { name, description, components, stimuli, world }, or { name, designs, rules, network }`,
    );
  const names = all.map(({ called }) => called);
  throw new UserError(
    'RW069',
    name === undefined
      ? `${file} exports the machines ${names.join(', ')}; type one of them, for example ${file}#${names[0]}`
      : `${file} exports no machine "${name}"; ${didYouMean(name, names)}`,
  );
}

/** The name of a machine: that of a named export; for the default export its id, or else the name of the file. */
function calledBy(exported: string, { id }: AnyStateMachine, file: string): string {
  if (exported !== 'default') return exported;
  return id === '(machine)' ? parse(file).name : id;
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

async function exportsOf(path: string): Promise<Exports> {
  const given: Exports = await importFile(path);
  // A CommonJS module is the default export of its import, and may have a default export of its own.
  const inner = given.default as Exports | undefined;
  return has(inner, ['default', '__esModule']) && !isMachine(inner)
    ? { ...given, ...inner }
    : given;
}
