import type { Message, Network, Stimulus } from '../model/network.js';
import { type Reaction, Reactor } from './reactor.js';
import type { Tables } from './tables.js';

/** One call of a path, played: what was said, and the world after it (valid until the next call is taken). */
export interface Played<W> {
  readonly stimulus: Stimulus;
  /** Anything but `silence` ends the story. */
  readonly how: Reaction;
  readonly said: readonly Message[];
  readonly before: W;
  readonly after: W;
}

/**
 * Plays stimuli from the first state, one at a time. A call that does not fall silent is played
 * as far as it went and ends the story.
 */
export function* play<W>(tables: Tables<W>, path: Iterable<number>): Generator<Played<W>> {
  const reactor = new Reactor(tables);
  const beforeState = new Int32Array(reactor.state.length);
  const before = tables.world(beforeState);
  const after = tables.world(reactor.state);
  const network: Network<W> = tables.network;
  for (const stimulus of path) {
    beforeState.set(reactor.state);
    const how = reactor.react(stimulus);
    yield { stimulus: network.stimuli[stimulus]!, how, said: reactor.words(), before, after };
    if (how !== 'silence') return;
  }
}
