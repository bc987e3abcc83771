import type { Message, Network, Stimulus } from '../model/network.js';
import type { CompiledSystem } from './compiledSystem.js';
import { Interpreter, type StepResult } from './interpreter.js';

/** One call of a path, played: what was said, and the world after it (valid until the next call is taken). */
export interface PlayedCall<W> {
  readonly stimulus: Stimulus;
  /** Anything but `silence` ends the story. */
  readonly reaction: StepResult;
  readonly emitted: readonly Message[];
  readonly before: W;
  readonly after: W;
}

/**
 * Plays stimuli from the first state, one at a time. A call that does not fall silent is played
 * as far as it went and ends the story.
 */
export function* play<W>(
  tables: CompiledSystem<W>,
  path: Iterable<number>,
): Generator<PlayedCall<W>> {
  const reactor = new Interpreter(tables);
  const beforeState = new Int32Array(reactor.state.length);
  const before = tables.world(beforeState);
  const after = tables.world(reactor.state);
  const network: Network<W> = tables.network;
  for (const stimulus of path) {
    beforeState.set(reactor.state);
    const reaction = reactor.step(stimulus);
    yield {
      stimulus: network.stimuli[stimulus]!,
      reaction,
      emitted: reactor.words(),
      before,
      after,
    };
    if (reaction !== 'quiescence') return;
  }
}
