import { outcomeParts } from '../engine/outcome.js';
import { play } from '../engine/story.js';
import type { Tables } from '../engine/tables.js';
import type { PathStep } from '../paths/pathsFile.js';

/** A path with the outcomes of its calls. */
export function storySteps(tables: Tables, path: readonly number[]): PathStep[] {
  return Array.from(play(tables, path), ({ stimulus, said, after }) => ({
    call: stimulus.says,
    outcome: [...outcomeParts(tables.network, said, after)],
  }));
}

/** A path as numbered lines for people; with what only the model knows of each call where that is asked for. */
export function storyLines(tables: Tables, path: readonly number[], unseen = false): string[] {
  const lines = numberedLines(storySteps(tables, path));
  if (!unseen) return lines;
  const asides = Array.from(play(tables, path), ({ said }) => tables.network.unseen?.(said) ?? []);
  return lines.map((line, i) =>
    asides[i]!.length === 0 ? line : `${line} (${asides[i]!.join('; ')})`,
  );
}

/** How something looks after a call, `NAME: LOOKS`, and not something that happened in it. */
const isLook = (part: string) => /^\S+: /.test(part);

/**
 * Each call with what it came to: what it returned and what happened, and of how things look
 * only what is new since the line before.
 */
export function numberedLines(steps: readonly PathStep[]): string[] {
  const width = Math.max(...steps.map(({ call }) => call.length));
  return steps.map(({ call, outcome }, i) => {
    const known = steps[i - 1]?.outcome ?? outcome;
    const news = outcome.filter((part) => !isLook(part) || !known.includes(part));
    return numberedLine(i + 1, call.padEnd(width), news.join('; '));
  });
}

export const numberedLine = (step: number, call: string, outcome: string): string =>
  `${String(step).padStart(3)}  ${call}  ${outcome}`.trimEnd();
