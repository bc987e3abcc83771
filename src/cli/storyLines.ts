import { play } from '../engine/story.js';
import type { Tables } from '../engine/tables.js';
import type { Message, Network } from '../model/network.js';

/** The parts of an outcome as the network itself writes them, else the words said. */
export function outcomeParts(
  network: Network,
  said: readonly Message[],
  after: unknown,
): readonly string[] {
  return network.outcome?.(said, after) ?? said.map((word) => JSON.stringify(word));
}

/**
 * A path as numbered lines for people: each call with what it came to; of the rest of the outcome
 * only what is new since the line before.
 */
export function storyLines(tables: Tables, path: readonly number[]): string[] {
  const { network } = tables;
  const calls = path.map((stimulus) => network.stimuli[stimulus]!.says);
  const width = Math.max(...calls.map((call) => call.length));
  let known: readonly string[] = [];
  return Array.from(play(tables, path), ({ stimulus, said, after }, i) => {
    const parts = outcomeParts(network, said, after);
    const news =
      i === 0 ? parts.slice(0, 1) : parts.filter((part, p) => p === 0 || !known.includes(part));
    known = parts;
    return `${String(i + 1).padStart(3)}  ${stimulus.says.padEnd(width)}  ${news.join('; ')}`.trimEnd();
  });
}
