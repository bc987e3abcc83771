import type { Diff, Difference } from '../../../diff/diff.js';
import type { CompiledSystem } from '../../../interpret/compiledSystem.js';
import { counted } from '../../../model/formatNumber.js';
import { pc } from '../render/color.js';
import { numberedLine, numberedLines } from '../render/storyLines.js';
import { wrapped } from '../render/wrap.js';
import type { Because } from './causes.js';
import { agreedSteps } from './report.js';

type Names = readonly [string, string];

/** Number of divergence classes printed with a story, after the first. */
export const FURTHER = 5;

/** A sentence about the pairing of open choices. */
export const CHOICES =
  'an open choice that both sides have is resolved equally on both; a choice that only one side has is compared with every alternative of the other side';

const hasChoices = ({ network: { stimuli } }: CompiledSystem): boolean =>
  new Set(stimuli.map(({ description, call = description }) => call)).size < stimuli.length;

/** The verdict, its scope and its coverage; then the shortest story of each of the first divergence classes. */
export function diffText(diff: Diff, names: Names, because?: Because): string {
  const { compiled, differences } = diff;
  const printed = differences.slice(0, 1 + FURTHER);
  const more = differences.length - printed.length;
  const legends = new Set(
    printed.length === 0 ? [] : compiled.flatMap(({ network }) => network.glossary ?? []),
  );
  const parts = [
    [
      verdict(diff, names),
      ...within(compiled, names),
      `  ${coverage(diff)}`,
      ...(compiled.some(hasChoices) ? [`  ${CHOICES}`] : []),
    ].join('\n'),
    ...(because === undefined || because.turned.length === 0
      ? []
      : [turnedLines(because.turned, names).join('\n')]),
    ...[...legends].map((legend) => wrapped(legend)),
    ...printed.map((difference) =>
      story(compiled, difference, names, because?.causes.get(difference) ?? []),
    ),
    ...(more === 0 ? [] : [`and ${counted(more, 'more divergence class')}; --json lists all`]),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** The features that differ between the two designs. */
function turnedLines(turned: Because['turned'], names: Names): string[] {
  return [
    `from ${names[0]} to ${names[1]}`,
    ...turned.map(({ name, values, description }) =>
      wrapped(`${values[0]} -> ${values[1]}: ${description}`, `  ${pc.bold(name)} `, '    '),
    ),
  ];
}

function verdict({ differences, complete }: Diff, names: Names): string {
  const both = `${pc.bold(names[0])} and ${pc.bold(names[1])}`;
  if (differences.length > 0)
    return `${both} ${pc.red('differ')}: ${counted(differences.length, 'divergence class')}${complete ? '' : ' so far'}`;
  return complete
    ? `${both}: ${pc.green('same outcomes everywhere')}`
    : `${both}: ${pc.yellow('no difference found')} in the explored part`;
}

function within(compiled: readonly [CompiledSystem, CompiledSystem], names: Names): string[] {
  const [one, other] = compiled.map(({ network }) => network.scopeText);
  if (one === other) return one === undefined ? [] : [`  ${one}`];
  return [one, other].flatMap((text, i) => (text === undefined ? [] : [`  ${names[i]}: ${text}`]));
}

function coverage({ complete, stopped, states, transitions, depth, differences }: Diff): string {
  const seen = `${counted(states, 'pair')} of states, ${counted(transitions, 'call')}, depth ${depth}`;
  if (!complete) return `stopped (${stopped}): ${seen}; the rest is unknown`;
  return differences.length === 0
    ? `all paths explored: ${seen}`
    : `all paths explored as far as both sides agree: ${seen}`;
}

/** The common path, the call, and one line per side: its outcome without the parts that both sides leave unchanged. */
function story(
  compiled: readonly [CompiledSystem, CompiledSystem],
  difference: Difference,
  names: Names,
  causes: readonly string[],
): string {
  const { divergenceClass, count, description, results } = difference;
  const steps = agreedSteps(compiled, difference);
  const padding = Math.max(...names.map((name) => name.length));
  const known = steps.at(-1)?.outcome;
  const lines = results.map(({ parts }, i) => {
    const its = results[1 - i]!.parts;
    return `       ${names[i]!.padEnd(padding)}  ${newsBeside(its, parts, known)}`;
  });
  return [
    `${pc.bold(divergenceClass)} ${pc.dim(`(${counted(count, 'time')})`)}`,
    ...numberedLines(steps),
    numberedLine(steps.length + 1, description, ''),
    ...lines,
    ...(causes.length === 0 ? [] : [`     because of ${causes.join(', or ')}`]),
  ].join('\n');
}

/** One side's outcome of the call, without the parts that the other side shares and that were there before. */
export const newsBeside = (
  its: readonly string[],
  parts: readonly string[],
  known: readonly string[] | undefined,
): string =>
  parts
    .filter((part, p) => p === 0 || !its.includes(part) || known?.includes(part) === false)
    .join('; ') || 'nothing said';
