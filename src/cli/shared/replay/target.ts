import { basename } from 'node:path';
import { UserError } from '../../../model/userError.js';
import { type PathStep, parsePathsFile } from '../../../paths/pathsJson.js';
import { noteLines, parseStories } from '../../../paths/storyFormat.js';
import type { Lts } from '../../../replay/lts.js';
import { readText } from '../readText.js';

/** A design in a scope, and the paths to replay; all paths if unset. */
export interface ReplayTarget {
  readonly design: string;
  /** As typed; the default scope if unset. */
  readonly scope: string | undefined;
  readonly paths?: readonly (readonly PathStep[])[];
  /** Whether every transition of the scope is a goal, so that replay continues until none is left. */
  readonly whole: boolean;
}

/**
 * The target from a design's name, a paths file (.json) or a file of stories (.story). Throws RW013 if --scope is given
 * with a file, RW306 if the stories do not name one design and one scope.
 */
export function replayTarget(name: string, scope: string | undefined): ReplayTarget {
  if (!/\.(json|story)$/.test(name)) return { design: name, scope, whole: true };
  if (scope !== undefined)
    throw new UserError('RW013', `--scope is for designs; ${name} names its own scope`);
  const text = readText(name, 'write it with recwalk paths --to json');
  if (name.endsWith('.story')) return storyTarget(text, basename(name));
  const file = parsePathsFile(text, basename(name));
  const { taken, of } = file.coverage;
  return {
    design: file.design,
    scope: file.scope ?? 'default',
    paths: file.paths.map(({ steps }) => steps),
    whole: file.cover === 'transitions' && taken === of,
  };
}

function storyTarget(text: string, name: string): ReplayTarget {
  const stories = parseStories(text, name);
  const common = (word: string) => {
    const notes = new Set(stories.map((story) => noteLines(story, word)));
    const [value] = notes;
    if (notes.size !== 1 || value === undefined)
      throw new UserError(
        'RW306',
        `${name}: its stories must name one ${word}; write a note like "# ${word} ${word === 'scope' ? 'default' : 'linux-6.12'}" before the first call of each`,
      );
    return value;
  };
  return {
    design: common('design'),
    scope: common('scope'),
    paths: stories.map(({ steps }) => steps),
    whole: false,
  };
}

/** The calls of a path. */
export const callsOf = (steps: readonly PathStep[]): string[] => steps.map(({ call }) => call);

/** Throws RW307 if a call or an outcome of a path differs from the design's. */
export function assertFresh(
  paths: readonly (readonly PathStep[])[],
  model: Lts,
  name: string,
): void {
  paths.forEach((steps, p) => {
    let state = 0;
    steps.forEach(({ call, outcome }, s) => {
      const where = `${basename(name)}, path ${p + 1}, step ${s + 1}`;
      const group = model.callOf(call);
      const move =
        group === undefined
          ? undefined
          : model.moves(state, group).find((m) => m.description === call);
      if (move === undefined)
        throw new UserError(
          'RW307',
          `${where}: "${call}" is not enabled in this state of the design; write the file again`,
        );
      if (move.outcome !== outcome.join('; '))
        throw new UserError(
          'RW307',
          `${where}: "${call}" has the outcome ${outcome.join('; ')}, but the design gives ${move.outcome}; write the file again`,
        );
      state = move.to;
    });
  });
}
