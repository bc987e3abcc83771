import { readFileSync } from 'node:fs';
import { targetNamed } from '../../src/cli/shared/target.js';
import { CompiledSystem } from '../../src/interpret/compiledSystem.js';
import { outcomeParts } from '../../src/interpret/outcomeParts.js';
import { play } from '../../src/interpret/play.js';
import type { Network } from '../../src/model/network.js';
import type { PathsFormat, PathsHead, TracePath } from '../../src/paths/format.js';
import { parseStory } from '../../src/paths/storyFormat.js';
import { network } from '../machines/networks.js';

/** Paths with their origin, in the form that a format receives. */
export interface DesignPaths {
  readonly head: PathsHead;
  readonly paths: readonly TracePath[];
}

const headOf = (design: string, scope: string): PathsHead => ({
  tool: 'recwalk',
  version: '0.0.0',
  design,
  scope,
  cover: 'transitions',
});

/** Calls of a design, made one after the other from the first state. */
export async function pathsOfDesign(
  design: string,
  scope: string,
  description: string,
  calls: readonly string[],
): Promise<DesignPaths> {
  return pathsIn(await network(design, scope, []), headOf(design, scope), description, calls);
}

/** Actions of an administrator, made one after the other from the first state. */
export async function pathsOfClients(
  target: string,
  scope: string,
  description: string,
  calls: readonly string[],
): Promise<DesignPaths> {
  const { network } = await targetNamed(target, scope, []);
  return pathsIn(network, headOf(target, scope), description, calls);
}

function pathsIn<W>(
  net: Network<W>,
  head: PathsHead,
  description: string,
  calls: readonly string[],
): DesignPaths {
  const numbers = calls.map((call) =>
    net.stimuli.findIndex((stimulus) => stimulus.description === call),
  );
  if (numbers.includes(-1))
    throw new Error(`no call ${calls[numbers.indexOf(-1)]} in ${head.scope}`);
  const steps = Array.from(
    play(new CompiledSystem(net), numbers),
    ({ stimulus, emitted, after }) => ({
      call: stimulus.description,
      outcome: [...outcomeParts(net, emitted, after)],
      stimulus,
      report: net.outcomeData!(emitted, after),
    }),
  );
  return { head, paths: [{ description, steps }] };
}

/** A story of test/stories with its first note as description; in its own scope, unless another is given. */
export async function pathsOfStory(name: string, scope?: string): Promise<DesignPaths> {
  const text = readFileSync(new URL(`../stories/${name}.story`, import.meta.url), 'utf8');
  const { notes, steps } = parseStory(text, name);
  const noted = (word: string) =>
    notes.find((note) => note.startsWith(`${word} `))!.slice(word.length + 1);
  return pathsOfDesign(
    noted('design'),
    scope ?? noted('scope'),
    notes[0]!,
    steps.map(({ call }) => call),
  );
}

/** The files that a format makes of paths, by name. */
export async function filesOf(
  { files }: PathsFormat,
  { head, paths }: DesignPaths,
): Promise<ReadonlyMap<string, string>> {
  const made = new Map<string, string>();
  const all = (async function* () {
    yield* paths;
  })();
  const taken = () => ({ taken: 0, of: 0, steps: 0, paths: paths.length });
  for await (const { name, text } of files!(head, all, taken)) made.set(name, text);
  return made;
}
