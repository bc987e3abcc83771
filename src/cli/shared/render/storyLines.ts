import type { CompiledSystem } from '../../../interpret/compiledSystem.js';
import { outcomeParts } from '../../../interpret/outcomeParts.js';
import { type PlayedCall, play } from '../../../interpret/play.js';
import type { Network } from '../../../model/network.js';
import { changedParts } from '../../../paths/changedParts.js';
import type { PathStep } from '../../../paths/pathsJson.js';
import type { Lasso, Overlap } from '../../../search/check.js';
import { onwardText } from '../../../search/lassoText.js';

/** A path with the outcomes of its calls. */
export const storySteps = (compiled: CompiledSystem, path: readonly number[]): PathStep[] =>
  Array.from(play(compiled, path), (played) => stepOf(compiled.network, played));

const stepOf = (network: Network, { stimulus, emitted, after }: PlayedCall<unknown>): PathStep => ({
  call: stimulus.description,
  outcome: [...outcomeParts(network, emitted, after)],
});

/**
 * A path as numbered lines. With `unobservable`, each line ends with the facts about its call that only the model has.
 */
export function storyLines(
  compiled: CompiledSystem,
  path: readonly number[],
  unobservable = false,
): string[] {
  const { network } = compiled;
  const steps = Array.from(play(compiled, path), (played) => ({
    step: stepOf(network, played),
    aside: (unobservable ? network.unobservable?.(played.emitted) : undefined) ?? [],
  }));
  const lines = numberedLines(steps.map(({ step }) => step));
  return lines.map((line, i) => {
    const { aside } = steps[i]!;
    return aside.length === 0 ? line : `${line} (${aside.join('; ')})`;
  });
}

/**
 * A path that breaks a liveness rule: its loop is marked, or the way in which it ends, which is the break class `end`.
 */
export function lassoLines(
  compiled: CompiledSystem,
  lasso: Lasso,
  end?: string,
  unobservable = false,
): string[] {
  const { path, stem } = lasso;
  const lines = path.length === 0 ? [] : storyLines(compiled, path, unobservable);
  if (stem !== undefined) lines.splice(stem, 0, '  loop:');
  return [...lines, `  ... ${onwardText(lasso, end)}`];
}

/** The calls of an overlap one after the other, in each order that is possible. */
export function overlapLines(
  compiled: CompiledSystem,
  path: readonly number[],
  { begin, orders }: Overlap,
): string[] {
  if (orders.length === 0) return ['  These calls are not possible one after the other.'];
  return orders.flatMap((order, i) => {
    const steps = storySteps(compiled, [...path.slice(0, begin), ...order]);
    return [
      i === 0 ? `  The same calls after step ${begin}, one after the other:` : '  or:',
      ...numberedLines(steps).slice(begin),
    ];
  });
}

/** Each call with its return value, its events, and the parts of the state that are new since the line before. */
export function numberedLines(steps: readonly PathStep[]): string[] {
  const width = Math.max(...steps.map(({ call }) => call.length));
  return steps.map(({ call, outcome }, i) => {
    const known = steps[i - 1]?.outcome ?? outcome;
    return numberedLine(i + 1, call.padEnd(width), changedParts(outcome, known).join('; '));
  });
}

/** One numbered line of a story. */
export const numberedLine = (step: number, call: string, outcome: string): string =>
  `${String(step).padStart(3)}  ${call}  ${outcome}`.trimEnd();
