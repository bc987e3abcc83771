import type { Message, Network } from '../model/network.js';

/** The parts of an outcome as `network.outcome` gives them. Default: the emitted messages as JSON. */
export function outcomeParts(
  network: Network,
  emitted: readonly Message[],
  after: unknown,
): readonly string[] {
  return network.outcome?.(emitted, after) ?? emitted.map((word) => JSON.stringify(word));
}
