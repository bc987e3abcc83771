import type { Message, Step } from '../model/network.js';
import type { Reactor } from './reactor.js';
import type { Tables } from './tables.js';

/** A call as rules see it: from the state `was` to that of the reactor that has made it. */
export class CalledStep<W> implements Step<W> {
  call: Step<W>['call'];
  #stimulus = 0;
  #words: readonly Message[] | undefined;
  #tried = false;
  /** The call was made again and went wrong, or was not offered: nothing follows. */
  #isOver = false;

  constructor(
    readonly tables: Tables<W>,
    readonly was: Int32Array,
    readonly reactor: Reactor,
    /** Makes the call again. */
    readonly scratch: Reactor,
    readonly before: W,
    readonly after: W,
  ) {
    this.call = tables.network.stimuli[0]!;
  }

  /** From now on it is this call. */
  made(stimulus: number): void {
    this.call = this.tables.network.stimuli[stimulus]!;
    this.#stimulus = stimulus;
    this.#words = undefined;
  }

  /** A rule is asked, for which the call was not made again yet. */
  asked(): void {
    this.#tried = false;
    this.#isOver = false;
  }

  get said(): readonly Message[] {
    this.#words ??= this.reactor.words();
    return this.#words;
  }

  readonly changed = (component: string): boolean => {
    const index = this.tables.index(component, 'a rule');
    return this.was[index] !== this.reactor.state[index];
  };

  readonly again = (): readonly Message[] | undefined => {
    const { scratch } = this;
    if (!this.#tried) scratch.state.set(this.reactor.state);
    this.#tried = true;
    this.#isOver ||= scratch.react(this.#stimulus) !== 'silence';
    return this.#isOver ? undefined : scratch.words();
  };
}
