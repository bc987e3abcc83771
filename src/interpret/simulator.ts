import type { Message } from '../model/network.js';
import type { CompiledSystem } from './compiledSystem.js';
import { Interpreter, type StepResult } from './interpreter.js';

/**
 * Executes single calls of a compiled network. Each call starts in the state `here`, first the first state of the
 * network, and leaves its result in `there`.
 */
export class Simulator<W = unknown> {
  /** The state before a call: one number per component. Write to it to start somewhere else. */
  readonly here: Int32Array;
  /** The world of `here`. */
  readonly before: W;
  /** The world of `there`. */
  readonly after: W;
  readonly #interpreter: Interpreter;

  constructor(readonly compiled: CompiledSystem<W>) {
    this.#interpreter = new Interpreter(compiled);
    this.here = Int32Array.from(compiled.first);
    this.before = compiled.world(this.here);
    this.after = compiled.world(this.there);
  }

  /** The state after the call executed last; meaningful only if that reached quiescence. */
  get there(): Int32Array {
    return this.#interpreter.state;
  }

  /** Executes a stimulus in `here`. */
  step(stimulus: number): StepResult {
    this.there.set(this.here);
    return this.#interpreter.step(stimulus);
  }

  /** Messages that the call executed last emitted to the environment. */
  outputs(): readonly Message[] {
    return this.#interpreter.outputs();
  }

  /** Makes the result of the call executed last the state before the next one. */
  accept(): void {
    this.here.set(this.there);
  }
}
