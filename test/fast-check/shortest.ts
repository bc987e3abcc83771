import { CompiledSystem } from '../../src/interpret/compiledSystem.js';
import { outcomeParts } from '../../src/interpret/outcomeParts.js';
import { play } from '../../src/interpret/play.js';
import type { Network } from '../../src/model/network.js';

/** The outcomes of a system after each of these calls. */
export type Showing = (calls: readonly number[]) => readonly (readonly string[])[];

/** The minimum number of calls after which network and system differ: tries all sequences, the shortest first. */
export function shortest<W>(network: Network<W>, shows: Showing): number {
  const compiled = new CompiledSystem(network);
  const sequences: number[][] = [[]];
  for (const sequence of sequences)
    for (const stimulus of network.stimuli.keys()) {
      const calls = [...sequence, stimulus];
      const played = Array.from(play(compiled, calls), ({ reaction, emitted, after }) => ({
        reaction,
        isOver: network.isTerminal?.(after) ?? false,
        outcome: outcomeParts(network, emitted, after),
      }));
      if (played.some(({ reaction }) => reaction !== 'quiescence')) continue;
      if (shows(calls).join('|') !== played.map(({ outcome }) => outcome).join('|'))
        return calls.length;
      if (!played.at(-1)!.isOver) sequences.push(calls);
    }
  throw new Error('they never differ');
}
