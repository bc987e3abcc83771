import type { CompiledSystem } from '../interpret/compiledSystem.js';
import { Interpreter } from '../interpret/interpreter.js';
import { outcomeParts } from '../interpret/outcomeParts.js';
import { UserError } from '../model/userError.js';
import type { PathStep } from '../paths/pathsJson.js';

/** The model's side of one walk: where the network is, and the calls that led there with their outcomes. */
export class Walk {
  readonly steps: PathStep[] = [];
  readonly #reactor: Interpreter;
  readonly #here: Int32Array;
  readonly #world: unknown;

  constructor(readonly tables: CompiledSystem) {
    this.#reactor = new Interpreter(tables);
    this.#here = Int32Array.from(tables.first);
    this.#world = tables.world(this.#reactor.state);
  }

  /** The network's state as text, equal where the state is. */
  get place(): string {
    return this.#here.join();
  }

  /** Whether the call can be made now: all that it speaks to can hear it, and the story is not over. */
  offers(stimulus: number): boolean {
    return !this.#isOver(this.#here) && this.#react(stimulus) !== 'refused';
  }

  /** The numbers of the stimuli that are offered. */
  offered(): number[] {
    return [...this.tables.stimuli.keys()].filter((stimulus) => this.offers(stimulus));
  }

  /** Whether the call can be made now, and the network falls silent then, as it should. */
  plays(stimulus: number): boolean {
    return this.offers(stimulus) && this.#react(stimulus) === 'quiescence';
  }

  /** Whether the story goes on after a call that is offered. */
  goesOnAfter(stimulus: number): boolean {
    this.#react(stimulus);
    return !this.#isOver(this.#reactor.state);
  }

  /** Makes a call that is offered. Throws RW323 where the network itself goes wrong. */
  take(stimulus: number): PathStep {
    const { network } = this.tables;
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

  /** The world reads the reactor's state. */
  #isOver(state: Int32Array): boolean {
    this.#reactor.state.set(state);
    return this.tables.isTerminal(this.#world);
  }
}
