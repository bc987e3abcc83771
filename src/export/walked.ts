import type { MadeCall } from '../domain.js';
import { Simulator } from '../interpret/simulator.js';
import type { Check } from '../search/check.js';

/** One transition of a network. `before` and `after` are valid until the next transition is taken. */
export interface Taken<W> extends MadeCall<W> {
  readonly from: number;
  readonly to: number;
}

/** Every transition of a complete search that stored its transitions, state by state. */
export function* walked<W>({ compiled, exploration, successors }: Check<W>): Generator<Taken<W>> {
  const simulator = new Simulator(compiled);
  const { before, after } = simulator;
  for (let from = 0; from < exploration.states; from++) {
    exploration.visited.load(from, simulator.here);
    const end = successors!.rowStart(from + 1);
    for (let entry = successors!.rowStart(from); entry < end; entry++) {
      const stimulus = successors!.stimulus(entry);
      simulator.step(stimulus);
      const call = compiled.network.stimuli[stimulus]!;
      const emitted = simulator.outputs();
      yield { from, to: successors!.to(entry), call, emitted, before, after };
    }
  }
}
