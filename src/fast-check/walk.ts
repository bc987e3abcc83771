import type { CompiledSystem } from '../interpret/compiledSystem.js';
import { Interpreter } from '../interpret/interpreter.js';
import { outcomeParts } from '../interpret/outcomeParts.js';
import { UserError } from '../model/userError.js';
import type { PathStep } from '../paths/pathsJson.js';

/** The model's side of one walk: the state of the network, and the calls that led there with their outcomes. */
export class Walk {
  readonly steps: PathStep[] = [];
  readonly #reactor: Interpreter;
  readonly #here: Int32Array;
  readonly #world: unknown;

  constructor(readonly compiled: CompiledSystem) {
    this.#reactor = new Interpreter(compiled);
    this.#here = Int32Array.from(compiled.first);
    this.#world = compiled.world(this.#reactor.state);
  }

  /** The network's state as text; equal states have equal text. */
  get place(): string {
    return this.#here.join();
  }

  /** Whether the call is enabled: all its receivers handle their message, and the story has not ended. */
  offers(stimulus: number): boolean {
    return !this.#isOver(this.#here) && this.#react(stimulus) !== 'refused';
  }

  /** The numbers of the enabled stimuli. */
  offered(): number[] {
    return [...this.compiled.stimuli.keys()].filter((stimulus) => this.offers(stimulus));
  }

  /** Whether the call is enabled, and the network then reaches quiescence, as it should. */
  plays(stimulus: number): boolean {
    return this.offers(stimulus) && this.#react(stimulus) === 'quiescence';
  }

  /** Whether the story continues after an enabled call. */
  goesOnAfter(stimulus: number): boolean {
    this.#react(stimulus);
    return !this.#isOver(this.#reactor.state);
  }

  /** Makes an enabled call. Throws RW323 if the network itself has an unhandled event or a livelock. */
  take(stimulus: number): PathStep {
    const { network } = this.compiled;
    const { description } = network.stimuli[stimulus]!;
    const how = this.#react(stimulus);
    if (how !== 'quiescence') {
      const calls = [...this.steps.map(({ call }) => call), description].join(', ');
      throw new UserError(
        'RW323',
        `network ${network.name} goes wrong by itself (${how}) after: ${calls}; fix it first, recwalk check tells the shortest story`,
      );
    }
    this.#here.set(this.#reactor.state);
    const outcome = [...outcomeParts(network, this.#reactor.words(), this.#world)];
    const step = { call: description, outcome };
    this.steps.push(step);
    return step;
  }

  #react(stimulus: number) {
    this.#reactor.state.set(this.#here);
    return this.#reactor.step(stimulus);
  }

  /** The world reads the state of the interpreter, so this sets it first. */
  #isOver(state: Int32Array): boolean {
    this.#reactor.state.set(state);
    return this.compiled.isTerminal(this.#world);
  }
}
