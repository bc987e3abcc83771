import { basename, parse } from 'node:path';
import { UserError } from '../../../model/userError.js';
import { type PathStep, type PathsFile, parsePathsFile } from '../../../paths/pathsJson.js';
import { noteLines, parseStories } from '../../../paths/storyFormat.js';
import type { Check } from '../../../search/check.js';
import { readText } from '../readText.js';
import type { TypedScope } from '../scope.js';
import { traceSteps } from '../traceSteps.js';

/** A path from a file, as transitions. */
export interface GivenPath {
  readonly description: string;
  /** Name of its file without the extension; set if the file holds no other path. */
  readonly name?: string;
  readonly steps: readonly number[];
}

/**
 * Reads the paths of a paths file (.json) or of a file of stories, as transitions of a complete search. Throws RW014 if
 * there is no such file, the parser's error if its text is invalid, RW307 if a call or an outcome differs from the
 * network's.
 */
export function givenPaths(file: string, check: Check, scope: TypedScope | undefined): GivenPath[] {
  const text = readText(file, '--from takes paths (.json) or stories');
  const name = basename(file);
  const written = file.endsWith('.json')
    ? pathsIn(parsePathsFile(text, name))
    : parseStories(text, name).map((story) => ({
        description: story.notes[0],
        scope: noteLines(story, 'scope'),
        steps: story.steps,
      }));
  return written
    .filter(({ steps }) => steps.length > 0)
    .map(({ description, scope: noted, steps }, i, { length }) => ({
      description: description ?? `path ${i + 1}`,
      ...(length === 1 ? { name: parse(file).name } : {}),
      steps: found(steps, check, `${name}, path ${i + 1}`, fix(noted, scope)),
    }));
}

const pathsIn = ({ scope, paths }: PathsFile) => paths.map((path) => ({ ...path, scope }));

/** Advice for RW307: the file may belong to another scope. */
function fix(written: string | undefined, here: TypedScope | undefined): string {
  if (written === undefined || here === undefined) return 'write the file again';
  return [here.name, here.text].includes(written)
    ? 'write the file again'
    : `the file belongs to another scope: type --scope ${written}`;
}

function found(steps: readonly PathStep[], check: Check, where: string, instead: string): number[] {
  const { compiled, successors } = check;
  const graph = successors!;
  const path: number[] = [];
  for (const [i, { call }] of steps.entries()) {
    const state = path.length === 0 ? 0 : graph.to(path.at(-1)!);
    let entry = graph.rowStart(state);
    const end = graph.rowStart(state + 1);
    const description = (at: number) => compiled.network.stimuli[graph.stimulus(at)]!.description;
    while (entry < end && description(entry) !== call) entry++;
    if (entry === end)
      throw new UserError(
        'RW307',
        `${where}, step ${i + 1}: "${call}" is not enabled in this state of ${compiled.network.name}; ${instead}`,
      );
    path.push(entry);
  }
  for (const [i, { call, outcome }] of traceSteps(check, path).entries())
    if (steps[i]!.outcome.join('; ') !== outcome.join('; '))
      throw new UserError(
        'RW307',
        `${where}, step ${i + 1}: "${call}" has the outcome ${steps[i]!.outcome.join('; ')}, but ${compiled.network.name} gives ${outcome.join('; ')}; ${instead}`,
      );
  return path;
}
