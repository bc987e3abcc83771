import { outcomeParts } from '../engine/outcome.js';
import { type Played, play } from '../engine/story.js';
import type { Tables } from '../engine/tables.js';
import type { Network } from '../model/network.js';
import { news } from '../paths/news.js';
import type { PathStep } from '../paths/pathsFile.js';

/** A path with the outcomes of its calls. */
export const storySteps = (tables: Tables, path: readonly number[]): PathStep[] =>
  Array.from(play(tables, path), (played) => stepOf(tables.network, played));

const stepOf = (network: Network, { stimulus, said, after }: Played<unknown>): PathStep => ({
  call: stimulus.says,
  outcome: [...outcomeParts(network, said, after)],
});

/** A path as numbered lines for people; with what only the model knows of each call where that is asked for. */
export function storyLines(tables: Tables, path: readonly number[], unseen = false): string[] {
  const { network } = tables;
  const told = Array.from(play(tables, path), (played) => ({
    step: stepOf(network, played),
    aside: (unseen ? network.unseen?.(played.said) : undefined) ?? [],
  }));
  const lines = numberedLines(told.map(({ step }) => step));
  return lines.map((line, i) => {
    const { aside } = told[i]!;
    return aside.length === 0 ? line : `${line} (${aside.join('; ')})`;
  });
}

/**
 * Each call with what it came to: what it returned and what happened, and of how things look
 * only what is new since the line before.
 */
export function numberedLines(steps: readonly PathStep[]): string[] {
  const width = Math.max(...steps.map(({ call }) => call.length));
  return steps.map(({ call, outcome }, i) => {
    const known = steps[i - 1]?.outcome ?? outcome;
    return numberedLine(i + 1, call.padEnd(width), news(outcome, known).join('; '));
  });
}

export const numberedLine = (step: number, call: string, outcome: string): string =>
  `${String(step).padStart(3)}  ${call}  ${outcome}`.trimEnd();
