import type { Message, Network, Stimulus } from '../model/network.js';
import type { CompiledSystem } from './compiledSystem.js';
import type { StepResult } from './interpreter.js';
import { Simulator } from './simulator.js';

/** One executed call of a path. `before` and `after` are valid until the generator resumes. */
export interface PlayedCall<W> {
  readonly stimulus: Stimulus;
  /** Any result but `quiescence` ends the run. */
  readonly reaction: StepResult;
  readonly emitted: readonly Message[];
  readonly before: W;
  readonly after: W;
}

/**
 * Executes stimuli one at a time, starting in the first state. A call that does not reach quiescence is yielded with
 * the messages emitted until then and ends the run.
 */
export function* play<W>(
  compiled: CompiledSystem<W>,
  path: Iterable<number>,
): Generator<PlayedCall<W>> {
  const simulator = new Simulator(compiled);
  const { before, after } = simulator;
  const network: Network<W> = compiled.network;
  for (const stimulus of path) {
    const reaction = simulator.step(stimulus);
    yield {
      stimulus: network.stimuli[stimulus]!,
      reaction,
      emitted: simulator.outputs(),
      before,
      after,
    };
    if (reaction !== 'quiescence') return;
    simulator.accept();
  }
}
