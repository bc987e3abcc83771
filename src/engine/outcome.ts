import type { Message, Network } from '../model/network.js';

/** The parts of an outcome as the network itself writes them, else the words said. */
export function outcomeParts(
  network: Network,
  said: readonly Message[],
  after: unknown,
): readonly string[] {
  return network.outcome?.(said, after) ?? said.map((word) => JSON.stringify(word));
}
