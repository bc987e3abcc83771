import { type Design, networkOf } from '../../machines/design.js';
import { machines } from '../../machines/index.js';
import { lifeOf } from '../../machines/lifecycle.js';
import { parseScope } from '../../machines/scopes.js';
import type { World } from '../../machines/world.js';
import { type Check, check } from '../engine/check.js';
import type { Exploration, Limits } from '../engine/explore.js';
import { type Chart, chartOf } from '../export/chart.js';
import { lifecycle } from '../export/lifecycle.js';
import type { Shown } from '../export/machine.js';
import { Fault } from '../model/fault.js';
import type { Network } from '../model/network.js';
import { designs } from './catalogue.js';
import { interruptible } from './interrupt.js';
import { type LimitFlags, limitsOf } from './limits.js';
import { number, searchProgress, talk } from './talk.js';
import { targetNamed as networkNamed } from './target.js';
import { writeOut } from './writeOut.js';

export interface ExportFlags extends LimitFlags {
  readonly scope?: string;
  readonly to: string;
  readonly output?: string;
}

/** What is written, in pieces, one after the other. */
type Pieces = Iterable<string>;

/** A design in a scope, with all its transitions, and what is told of it in the file, a line each. */
interface Walked {
  readonly network: Network<World>;
  readonly check: Check<World>;
  readonly says: readonly string[];
}

/** A network as a format has it. */
interface Modelled {
  /** Undefined where a limit stopped the walk. */
  readonly text?: string;
  readonly exploration: Exploration;
  /** Rules that the format cannot say. */
  readonly without: readonly string[];
}

/** What a format can hold. */
interface Format {
  machine?(shown: Shown, says: readonly string[]): Promise<Pieces>;
  design?(walked: Walked): Promise<Pieces>;
  /** Any network, a design's or a file's, which the format walks in a way of its own. */
  network?(network: Network, limits: Limits): Promise<Modelled>;
}

/** A drawing, of a machine or of the life of a record in a design. */
const drawing = (draw: () => Promise<(chart: Chart) => string | Promise<string>>): Format => ({
  machine: async (shown, says) => [await (await draw())(chartOf(shown, says))],
  design: async (walked) => [await (await draw())(lifeIn(walked))],
});

/** Each format is imported when it is asked for. */
const formats: Readonly<Record<string, Format>> = {
  stately: {
    machine: async (shown, says) => [(await import('../export/stately.js')).stately(shown, says)],
  },
  json: {
    machine: async (shown, says) => [(await import('../export/json.js')).json(shown, says)],
    design: async (walked) => [
      (await import('../export/json.js')).networkJson(walked.network, lifeIn(walked)),
    ],
  },
  mermaid: drawing(async () => (await import('../export/mermaid.js')).mermaid),
  plantuml: drawing(async () => (await import('../export/plantuml.js')).plantuml),
  scxml: {
    machine: async (shown, says) => [(await import('../export/scxml.js')).scxml(shown, says)],
  },
  dot: drawing(async () => (await import('../export/dot.js')).dot),
  svg: drawing(async () => (await import('../export/svg.js')).svg),
  aut: { design: async ({ check }) => (await import('../export/aut.js')).aut(check) },
  promela: {
    network: async (network, limits) =>
      (await import('../export/promela.js')).promela(network, limits),
  },
};

/** 0 · 3 stopped by a limit: nothing is written, since it would not be whole */
export async function exportAs(target: string, flags: ExportFlags): Promise<number> {
  if (!Object.hasOwn(formats, flags.to))
    throw new Fault('RW019', `--to ${flags.to}: type ${Object.keys(formats).join(', ')}`);
  const format = formats[flags.to]!;
  if (Object.hasOwn(machines, target)) return exportMachine(target, format, flags);
  if (format.network === undefined) return exportDesign(target, format, flags);
  return exportNetwork(target, format.network, flags);
}

async function exportMachine(name: string, format: Format, flags: ExportFlags): Promise<number> {
  if (flags.scope !== undefined)
    throw new Fault('RW013', `--scope is for designs; ${name} is a machine`);
  if (format.machine === undefined) throw unfit(flags.to, name, 'machine');
  const shown = { name, ...machines[name]! };
  const says = [`The machine "${name}" of recwalk: ${shown.says}.`];
  return written(name, await format.machine(shown, says), flags);
}

async function exportDesign(name: string, format: Format, flags: ExportFlags): Promise<number> {
  const design = await targetNamed(name);
  if (format.design === undefined) throw unfit(flags.to, name, 'design');
  const scope = parseScope(flags.scope ?? 'default');
  const network = networkOf(design, scope, []);
  const say = await talk(flags.quiet);
  const interrupt = interruptible();
  const result = await check(network, {
    keepTransitions: true,
    ...limitsOf(flags, interrupt.signal),
    progress: searchProgress(name, say),
  });
  interrupt.release();
  say.clear();
  const covered = coveredBy(result.exploration);
  if (!result.exploration.complete) return stopped(name, result.exploration);
  const says = [
    `The life of a record, whichever it is, in the design "${name}" of recwalk: ${design.says}.`,
    `${network.within}; ${covered}.`,
  ];
  const code = await written(name, await format.design({ network, check: result, says }), flags);
  if (code === 0 && !flags.quiet) process.stderr.write(`${name}: ${covered}\n`);
  return code;
}

async function exportNetwork(
  target: string,
  format: NonNullable<Format['network']>,
  flags: ExportFlags,
): Promise<number> {
  const { name, network } = await networkNamed(target, flags.scope, undefined);
  const say = await talk(flags.quiet);
  const interrupt = interruptible();
  const { text, exploration, without } = await format(network, {
    ...limitsOf(flags, interrupt.signal),
    progress: searchProgress(name, say),
  });
  interrupt.release();
  say.clear();
  if (text === undefined) return stopped(name, exploration);
  const code = await written(name, [text], flags);
  if (code !== 0 || flags.quiet) return code;
  process.stderr.write(`${name}: ${coveredBy(exploration)}\n`);
  for (const id of without)
    process.stderr.write(`${name}: ${flags.to} cannot say ${id}; left out\n`);
  return code;
}

const coveredBy = ({ states, transitions }: Exploration): string =>
  `${number(states)} states, ${number(transitions)} transitions`;

/** Half a walk is not written: what it lacks would be taken for what is not there. */
function stopped(name: string, exploration: Exploration): number {
  process.stderr.write(
    `${name}: stopped (${exploration.stopped}) after ${coveredBy(exploration)}; nothing is written\n`,
  );
  return 3;
}

/** 0 · 3 interrupted */
async function written(name: string, pieces: Pieces, { output }: ExportFlags): Promise<number> {
  const interrupt = interruptible();
  const isWhole = await writeOut(pieces, output, interrupt.signal);
  interrupt.release();
  if (!isWhole) process.stderr.write(`${name}: stopped (interrupted); it is not whole\n`);
  return isWhole ? 0 : 3;
}

async function targetNamed(name: string): Promise<Design> {
  const known = await designs();
  const design = known.find((d) => d.name === name);
  if (design === undefined)
    throw new Fault(
      'RW026',
      `no machine or design is called "${name}"; machines are ${Object.keys(machines).join(', ')}, designs ${known.map((d) => d.name).join(', ')}`,
    );
  return design;
}

const unfit = (to: string, name: string, kind: 'machine' | 'design') => {
  const fit = Object.keys(formats).filter(
    (format) => formats[format]![kind] ?? (kind === 'design' && formats[format]!.network),
  );
  return new Fault(
    'RW027',
    `--to ${to} cannot hold the ${kind} ${name}; for a ${kind} type ${fit.join(', ')}`,
  );
};

const lifeIn = ({ network, check, says }: Walked): Chart =>
  lifecycle(check, lifeOf(network.name), says);
