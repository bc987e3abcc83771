import type { CompiledSystem } from '../interpret/compiledSystem.js';
import { outcomeParts } from '../interpret/outcomeParts.js';
import { Simulator } from '../interpret/simulator.js';
import { UserError } from '../model/userError.js';
import type { PathStep } from '../paths/pathsJson.js';

/** The model's side of one walk: the state of the network, and the calls that led there with their outcomes. */
export class Walk {
  readonly steps: PathStep[] = [];
  readonly #simulator: Simulator;

  constructor(readonly compiled: CompiledSystem) {
    this.#simulator = new Simulator(compiled);
  }

  /** The network's state as text; equal states have equal text. */
  get place(): string {
    return this.#simulator.here.join();
  }

  /** Whether the call is enabled: all its receivers handle their message, and the story has not ended. */
  offers(stimulus: number): boolean {
    const { before } = this.#simulator;
    return !this.compiled.isTerminal(before) && this.#simulator.step(stimulus) !== 'disabled';
  }

  /** The numbers of the enabled stimuli. */
  offered(): number[] {
    return [...this.compiled.stimuli.keys()].filter((stimulus) => this.offers(stimulus));
  }

  /** Whether the call is enabled, and the network then reaches quiescence, as it should. */
  plays(stimulus: number): boolean {
    return this.offers(stimulus) && this.#simulator.step(stimulus) === 'quiescence';
  }

  /** Whether the story continues after an enabled call. */
  goesOnAfter(stimulus: number): boolean {
    this.#simulator.step(stimulus);
    return !this.compiled.isTerminal(this.#simulator.after);
  }

  /** Makes an enabled call. Throws RW323 if the network itself has an unhandled event or a livelock. */
  take(stimulus: number): PathStep {
    const { network } = this.compiled;
    const { description } = network.stimuli[stimulus]!;
    const how = this.#simulator.step(stimulus);
    if (how !== 'quiescence') {
      const calls = [...this.steps.map(({ call }) => call), description].join(', ');
      throw new UserError(
        'RW323',
        `network ${network.name} fails by itself (${how}) after: ${calls}; fix it first: recwalk check prints the shortest story`,
      );
    }
    const { after } = this.#simulator;
    const outcome = [...outcomeParts(network, this.#simulator.outputs(), after)];
    this.#simulator.accept();
    const step = { call: description, outcome };
    this.steps.push(step);
    return step;
  }
}
