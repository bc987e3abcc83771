import type { Message, Network } from '../model/network.js';

/** The parts of an outcome as the network itself writes them, else the words said. */
export function outcomeParts(
  network: Network,
  said: readonly Message[],
  after: unknown,
): readonly string[] {
  return network.outcome?.(said, after) ?? said.map((word) => JSON.stringify(word, plain));
}

/** JSON has no number for it. */
const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value);
