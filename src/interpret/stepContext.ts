import type { Message, Step } from '../model/network.js';
import type { CompiledSystem } from './compiledSystem.js';
import type { Interpreter } from './interpreter.js';

/** What a rule read of a call itself since it was asked, as texts that are equal where it is; undefined: nothing. */
export interface StepReads {
  call?: string;
  emitted?: string;
  again?: string;
  changed: number[];
}

/** A call as rules see it: from the state `was` to that of the reactor that has made it. */
export class StepContext<W> implements Step<W> {
  reads: StepReads = { changed: [] };
  #call: Step<W>['call'];
  #stimulus = 0;
  #words: readonly Message[] | undefined;
  #wordsRead = '';
  #tried = false;
  /** The call was made again and went wrong, or was not offered: nothing follows. */
  #isOver = false;

  constructor(
    readonly tables: CompiledSystem<W>,
    readonly was: Int32Array,
    readonly reactor: Interpreter,
    /** Makes the call again. */
    readonly scratch: Interpreter,
    readonly before: W,
    readonly after: W,
  ) {
    this.#call = tables.network.stimuli[0]!;
  }

  get call(): Step<W>['call'] {
    this.reads.call = String(this.#stimulus);
    return this.#call;
  }

  /** From now on it is this call. */
  bind(stimulus: number): void {
    this.#call = this.tables.network.stimuli[stimulus]!;
    this.#stimulus = stimulus;
    this.#words = undefined;
  }

  /** A rule is asked, for which the call was not made again yet. */
  resetAgain(): void {
    this.#tried = false;
    this.#isOver = false;
    this.reads = { changed: [] };
  }

  get emitted(): readonly Message[] {
    if (this.#words === undefined) {
      this.#words = this.reactor.words();
      this.#wordsRead = wordsOf(this.reactor);
    }
    this.reads.emitted = this.#wordsRead;
    return this.#words;
  }

  readonly changed = (component: string): boolean => {
    const index = this.tables.index(component, 'a rule');
    this.reads.changed.push(index);
    return this.was[index] !== this.reactor.state[index];
  };

  readonly again = (): readonly Message[] | undefined => {
    const { scratch } = this;
    if (!this.#tried) scratch.state.set(this.reactor.state);
    this.#tried = true;
    this.#isOver ||= scratch.step(this.#stimulus) !== 'quiescence';
    this.reads.again = this.#isOver ? 'nothing' : wordsOf(scratch);
    return this.#isOver ? undefined : scratch.words();
  };
}

const wordsOf = ({ emitted, emittedCount }: Interpreter): string =>
  emitted.subarray(0, emittedCount).join();
