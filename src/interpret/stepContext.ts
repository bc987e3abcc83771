import type { Message, Step } from '../model/network.js';
import type { CompiledSystem } from './compiledSystem.js';
import type { Interpreter } from './interpreter.js';

/** A rule's reads of the call itself in one evaluation. Equal reads have equal texts; undefined means not read. */
export interface StepReads {
  call?: string;
  emitted?: string;
  again?: string;
  changed: number[];
}

/** A call as rules see it, from the state `was` to the state of `interpreter`, which has executed it. */
export class StepContext<W> implements Step<W> {
  reads: StepReads = { changed: [] };
  #call: Step<W>['call'];
  #stimulus = 0;
  #words: readonly Message[] | undefined;
  #wordsRead = '';
  #tried = false;
  /** A repeated call failed or was disabled. `again` returns undefined from then on. */
  #isOver = false;

  constructor(
    readonly compiled: CompiledSystem<W>,
    readonly was: Int32Array,
    readonly interpreter: Interpreter,
    /** Executes repeated calls. */
    readonly scratch: Interpreter,
    readonly before: W,
    readonly after: W,
  ) {
    this.#call = compiled.network.stimuli[0]!;
  }

  get call(): Step<W>['call'] {
    this.reads.call = String(this.#stimulus);
    return this.#call;
  }

  /** Makes `stimulus` the current call. */
  bind(stimulus: number): void {
    this.#call = this.compiled.network.stimuli[stimulus]!;
    this.#stimulus = stimulus;
    this.#words = undefined;
  }

  /** Prepares for the next evaluation of a rule: forgets repeated calls and recorded reads. */
  resetAgain(): void {
    this.#tried = false;
    this.#isOver = false;
    this.reads = { changed: [] };
  }

  get emitted(): readonly Message[] {
    if (this.#words === undefined) {
      this.#words = this.interpreter.outputs();
      this.#wordsRead = wordsOf(this.interpreter);
    }
    this.reads.emitted = this.#wordsRead;
    return this.#words;
  }

  readonly changed = (component: string): boolean => {
    const index = this.compiled.index(component, 'a rule');
    this.reads.changed.push(index);
    return this.was[index] !== this.interpreter.state[index];
  };

  readonly again = (): readonly Message[] | undefined => {
    const { scratch } = this;
    if (!this.#tried) scratch.state.set(this.interpreter.state);
    this.#tried = true;
    this.#isOver ||= scratch.step(this.#stimulus) !== 'quiescence';
    this.reads.again = this.#isOver ? 'nothing' : wordsOf(scratch);
    return this.#isOver ? undefined : scratch.outputs();
  };
}

const wordsOf = ({ emitted, emittedCount }: Interpreter): string =>
  emitted.subarray(0, emittedCount).join();
