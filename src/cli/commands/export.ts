import type { Machine } from '../../domain.js';
import type { ExportFormat, Pieces } from '../../export/format.js';
import { lifecycle } from '../../export/lifecycle.js';
import type { Shown } from '../../export/machine.js';
import { number } from '../../model/formatNumber.js';
import { UserError } from '../../model/userError.js';
import { check, wrongCalls } from '../../search/check.js';
import type { Exploration } from '../../search/explore.js';
import { abortOnSignal } from '../shared/abortOnSignal.js';
import { type LimitFlags, limitsOf } from '../shared/limits.js';
import { fileNamed, namesIn } from '../shared/plugins.js';
import { progressReporter, searchProgress } from '../shared/progress.js';
import { ftrace } from '../shared/registry.js';
import { isFile, parts, targetNamed } from '../shared/target.js';
import { userDomain } from '../shared/userDomain.js';
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
  const machines = await machinesOf(target);
  const { name = target } = parts(target);
  if (Object.hasOwn(machines, name))
    return exportMachine(target, { name, ...machines[name]! }, format, flags);
  if (format.network === undefined) return exportDesign(target, format, flags);
  return exportNetwork(target, format.network, flags);
}

/** The machines that a name can select: those of its file, or the built-in ones. */
async function machinesOf(target: string): Promise<Readonly<Record<string, Machine>>> {
  if (!isFile(target)) return (await ftrace()).machines ?? {};
  const { file, name } = parts(target);
  if (name === undefined) return {};
  const { machines, designs } = await userDomain(file, name);
  if (machines !== undefined) return machines;
  const [first] = designs;
  const { network } = await targetNamed(
    designs.length === 1 ? file : `${file}#${first!.name}`,
    undefined,
    [],
  );
  return Object.fromEntries(
    network.components.map(({ name, ...rest }) => [
      name,
      { description: `a component of ${network.name}`, ...rest },
    ]),
  );
}

async function exportMachine(
  target: string,
  shown: Shown,
  format: ExportFormat,
  flags: ExportFlags,
): Promise<number> {
  if (flags.scope !== undefined)
    throw new UserError('RW013', `--scope is for designs; ${target} is a machine`);
  if (format.machine === undefined) throw await unfit(flags.to, target, 'machine');
  const { file, name } = parts(target);
  const where = name === undefined ? 'recwalk' : file;
  const description = [`The machine "${shown.name}" of ${where}: ${shown.description}.`];
  return written(target, await format.machine(shown, description), flags);
}

async function exportDesign(
  name: string,
  format: ExportFormat,
  flags: ExportFlags,
): Promise<number> {
  await assertKnown(name);
  if (format.design === undefined)
    throw await unfit(flags.to, name, isFile(name) ? 'file' : 'design');
  const { domain, design, network } = await targetNamed(name, flags.scope, []);
  const reporter = progressReporter(flags.quiet);
  const interrupt = abortOnSignal();
  const result = await check(network, {
    keepTransitions: true,
    ...limitsOf(flags, interrupt.signal),
    progress: searchProgress(name, reporter),
  });
  interrupt.release();
  reporter.clear();
  const covered = coveredBy(result.exploration);
  if (!result.exploration.complete) return stopped(name, result.exploration);
  const life = domain.life?.(network.name);
  const scoped = network.scopeText === undefined ? '' : `${network.scopeText}; `;
  const description = [
    life === undefined
      ? `The states of the design "${network.name}": ${design.description}.`
      : `The life of a ${life.part}, the same for each, in the design "${network.name}" of recwalk: ${design.description}.`,
    `${scoped}${covered}.`,
  ];
  const pieces = await format.design({
    network,
    check: result,
    description,
    ...(life && { life: () => lifecycle(result, life, description) }),
  });
  const code = await written(name, pieces, flags);
  if (code !== 0 || flags.quiet) return code;
  process.stderr.write(`${name}: ${covered}\n`);
  if (life === undefined) reportOmitted(name, wrongCalls(result), flags);
  return code;
}

async function exportNetwork(
  target: string,
  format: NonNullable<ExportFormat['network']>,
  flags: ExportFlags,
): Promise<number> {
  const { name, network } = await targetNamed(target, flags.scope, undefined);
  const reporter = progressReporter(flags.quiet);
  const interrupt = abortOnSignal();
  const { pieces, exploration, without } = await format(network, {
    ...limitsOf(flags, interrupt.signal),
    progress: searchProgress(name, reporter),
  });
  interrupt.release();
  reporter.clear();
  if (pieces === undefined) return stopped(name, exploration);
  const code = await written(name, pieces, flags);
  if (code !== 0 || flags.quiet) return code;
  process.stderr.write(`${name}: ${coveredBy(exploration)}\n`);
  reportOmitted(name, without, flags);
  return code;
}

function reportOmitted(name: string, without: readonly string[], { to }: ExportFlags): void {
  for (const id of without) process.stderr.write(`${name}: ${to} cannot express ${id}; omitted\n`);
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
  if (!isWhole) process.stderr.write(`${name}: stopped (interrupted); the output is incomplete\n`);
  return isWhole ? 0 : 3;
}

/** Throws RW026 for a name that is neither a built-in machine or design nor a file. */
async function assertKnown(name: string): Promise<void> {
  const { designs, machines = {} } = await ftrace();
  if (isFile(name) || name.includes('@') || designs.some((d) => d.name === name)) return;
  throw new UserError(
    'RW026',
    `no machine or design is called "${name}"; machines are ${Object.keys(machines).join(', ')}, designs ${designs.map((d) => d.name).join(', ')}`,
  );
}

async function unfit(
  to: string,
  name: string,
  kind: 'machine' | 'design' | 'file',
): Promise<UserError> {
  const fit: string[] = [];
  for (const other of namesIn(FORMATS)) {
    const format = await formatNamed(other);
    if (kind === 'machine' ? format.machine : (format.design ?? format.network)) fit.push(other);
  }
  return new UserError(
    'RW027',
    `--to ${to} does not support the ${kind} ${name}; for a ${kind} type ${fit.join(', ')}`,
  );
}
