import { areClients } from '../../../machines/clients/name.js';
import { type Design, networkOf } from '../../../machines/design.js';
import { machines } from '../../../machines/index.js';
import { lifeOf } from '../../../machines/lifecycle.js';
import { parseScope } from '../../../machines/scopes.js';
import type { ExportFormat, Pieces } from '../../export/format.js';
import { lifecycle } from '../../export/lifecycle.js';
import { number } from '../../model/formatNumber.js';
import { UserError } from '../../model/userError.js';
import { check } from '../../search/check.js';
import type { Exploration } from '../../search/explore.js';
import { abortOnSignal } from '../shared/abortOnSignal.js';
import { type LimitFlags, limitsOf } from '../shared/limits.js';
import { fileNamed, namesIn } from '../shared/plugins.js';
import { progressReporter, searchProgress } from '../shared/progress.js';
import { designs } from '../shared/registry.js';
import { isFile, targetNamed as networkNamed } from '../shared/target.js';
import { assertWritable, writeFileAtomic } from '../shared/writeFileAtomic.js';

/** Folder of the formats. Each file in it is one format, imported on demand. */
const FORMATS = 'export/to';

const formatNamed = (name: string) => fileNamed<ExportFormat>(FORMATS, name, 'format');

/** The options of `export`. */
export interface ExportFlags extends LimitFlags {
  readonly scope?: string;
  readonly to: string;
  readonly output?: string;
}

/** Runs `recwalk export`. Exit codes: 0 written; 3 stopped by a limit. A partial search is not written. */
export async function exportAs(target: string, flags: ExportFlags): Promise<number> {
  const known = namesIn(FORMATS);
  if (!known.includes(flags.to))
    throw new UserError('RW019', `--to ${flags.to}: type ${known.join(', ')}`);
  const format = await formatNamed(flags.to);
  await assertWritable(flags.output);
  if (Object.hasOwn(machines, target)) return exportMachine(target, format, flags);
  if (format.network === undefined) return exportDesign(target, format, flags);
  return exportNetwork(target, format.network, flags);
}

async function exportMachine(
  name: string,
  format: ExportFormat,
  flags: ExportFlags,
): Promise<number> {
  if (flags.scope !== undefined)
    throw new UserError('RW013', `--scope is for designs; ${name} is a machine`);
  if (format.machine === undefined) throw await unfit(flags.to, name, 'machine');
  const shown = { name, ...machines[name]! };
  const description = [`The machine "${name}" of recwalk: ${shown.description}.`];
  return written(name, await format.machine(shown, description), flags);
}

async function exportDesign(
  name: string,
  format: ExportFormat,
  flags: ExportFlags,
): Promise<number> {
  if (isFile(name)) throw await unfit(flags.to, name, 'file');
  if (areClients(name)) throw await unfit(flags.to, name, 'network');
  const design = await targetNamed(name);
  if (format.design === undefined) throw await unfit(flags.to, name, 'design');
  const scope = parseScope(flags.scope ?? 'default');
  const network = networkOf(design, scope, []);
  const say = await progressReporter(flags.quiet);
  const interrupt = abortOnSignal();
  const result = await check(network, {
    keepTransitions: true,
    ...limitsOf(flags, interrupt.signal),
    progress: searchProgress(name, say),
  });
  interrupt.release();
  say.clear();
  const covered = coveredBy(result.exploration);
  if (!result.exploration.complete) return stopped(name, result.exploration);
  const description = [
    `The life of a record, whichever it is, in the design "${name}" of recwalk: ${design.description}.`,
    `${network.scopeText}; ${covered}.`,
  ];
  const life = () => lifecycle(result, lifeOf(network.name), description);
  const pieces = await format.design({ network, check: result, life });
  const code = await written(name, pieces, flags);
  if (code === 0 && !flags.quiet) process.stderr.write(`${name}: ${covered}\n`);
  return code;
}

async function exportNetwork(
  target: string,
  format: NonNullable<ExportFormat['network']>,
  flags: ExportFlags,
): Promise<number> {
  const { name, network } = await networkNamed(target, flags.scope, undefined);
  const say = await progressReporter(flags.quiet);
  const interrupt = abortOnSignal();
  const { pieces, exploration, without } = await format(network, {
    ...limitsOf(flags, interrupt.signal),
    progress: searchProgress(name, say),
  });
  interrupt.release();
  say.clear();
  if (pieces === undefined) return stopped(name, exploration);
  const code = await written(name, pieces, flags);
  if (code !== 0 || flags.quiet) return code;
  process.stderr.write(`${name}: ${coveredBy(exploration)}\n`);
  for (const id of without)
    process.stderr.write(`${name}: ${flags.to} cannot express ${id}; omitted\n`);
  return code;
}

const coveredBy = ({ states, transitions }: Exploration): string =>
  `${number(states)} states, ${number(transitions)} transitions`;

/**
 * Reports a stopped search. Nothing is written: a reader would take missing transitions for transitions that do not
 * exist.
 */
function stopped(name: string, exploration: Exploration): number {
  process.stderr.write(
    `${name}: stopped (${exploration.stopped}) after ${coveredBy(exploration)}; nothing is written\n`,
  );
  return 3;
}

/** Writes the pieces. Exit codes: 0 written, 3 interrupted. */
async function written(name: string, pieces: Pieces, { output }: ExportFlags): Promise<number> {
  const interrupt = abortOnSignal();
  const isWhole = await writeFileAtomic(pieces, output, interrupt.signal);
  interrupt.release();
  if (!isWhole) process.stderr.write(`${name}: stopped (interrupted); it is not whole\n`);
  return isWhole ? 0 : 3;
}

async function targetNamed(name: string): Promise<Design> {
  const known = await designs();
  const design = known.find((d) => d.name === name);
  if (design === undefined)
    throw new UserError(
      'RW026',
      `no machine or design is called "${name}"; machines are ${Object.keys(machines).join(', ')}, designs ${known.map((d) => d.name).join(', ')}`,
    );
  return design;
}

/** The part of an ExportFormat that takes each kind of target. */
const FOR = { machine: 'machine', design: 'design', file: 'network', network: 'network' } as const;

async function unfit(to: string, name: string, kind: keyof typeof FOR): Promise<UserError> {
  const fit: string[] = [];
  for (const other of namesIn(FORMATS)) {
    const format = await formatNamed(other);
    if (format[FOR[kind]] ?? (kind === 'design' && format.network)) fit.push(other);
  }
  return new UserError(
    'RW027',
    `--to ${to} does not support the ${kind} ${name}; for a ${kind} type ${fit.join(', ')}`,
  );
}
