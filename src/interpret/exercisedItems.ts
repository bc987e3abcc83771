import type { Checkpointable, Reader, Writer } from '../store/checkpointable.js';
import type { CompiledSystem } from './compiledSystem.js';

/** The state before a call, and then its stimulus. */
type Call = Int32Array;

type Unhandled = readonly [state: number, message: number];

interface Saved {
  readonly stimuli: readonly boolean[];
  readonly answers: readonly (readonly boolean[])[];
  readonly rests: readonly (readonly boolean[])[];
  readonly unhandled: readonly ReadonlyMap<string, Unhandled>[];
  readonly firsts: readonly Call[];
}

/** Everything that the calls of a search exercise. */
export class ExercisedItems implements Checkpointable {
  /** By stimulus: it was enabled. */
  readonly stimuli: boolean[];
  /** By component and answer number: it was delivered. */
  readonly answers: readonly boolean[][];
  /** By component and state: it was that of a component before or after a call. */
  readonly rests: readonly boolean[][];
  /** By component: messages that were delivered though no transition was enabled. */
  readonly unhandled: readonly Map<string, Unhandled>[];
  /** Calls that were the first to exercise something, where they are kept. */
  readonly firsts: Call[] = [];
  readonly #before: Int32Array;
  #stimulus = 0;
  #isFirst = false;

  constructor(
    tables: CompiledSystem,
    readonly keepsFirsts: boolean,
  ) {
    this.stimuli = tables.stimuli.map(() => false);
    this.answers = tables.components.map(() => []);
    this.rests = tables.components.map((_, c) => {
      const states: boolean[] = [];
      states[tables.first[c]!] = true;
      return states;
    });
    this.unhandled = tables.components.map(() => new Map());
    this.#before = new Int32Array(tables.components.length);
  }

  /** An enabled stimulus begins. */
  begin(stimulus: number, state: Int32Array): void {
    this.#stimulus = stimulus;
    this.#before.set(state);
    this.#isFirst = this.stimuli[stimulus] !== true;
    this.stimuli[stimulus] = true;
  }

  deliver(component: number, answer: number): void {
    const answers = this.answers[component]!;
    if (answers[answer] === true) return;
    answers[answer] = true;
    this.#isFirst = true;
  }

  leaveUnhandled(component: number, state: number, message: number): void {
    const unhandled = this.unhandled[component]!;
    const key = `${state} ${message}`;
    if (unhandled.has(key)) return;
    unhandled.set(key, [state, message]);
    this.#isFirst = true;
  }

  /** The call ended; `state` is what it led to, if it ended well. */
  end(state?: Int32Array): void {
    if (state !== undefined)
      for (let c = 0; c < state.length; c++)
        if (state[c] !== this.#before[c]) this.#rest(c, state[c]!);
    if (this.#isFirst && this.keepsFirsts)
      this.firsts.push(Int32Array.of(...this.#before, this.#stimulus));
  }

  #rest(component: number, state: number): void {
    const rests = this.rests[component]!;
    if (rests[state] === true) return;
    rests[state] = true;
    this.#isFirst = true;
  }

  save(to: Writer): void {
    const { stimuli, answers, rests, unhandled, firsts } = this;
    to.plain({ stimuli, answers, rests, unhandled, firsts } satisfies Saved);
  }

  restore(from: Reader): boolean {
    const saved = from.plain<Saved>();
    Object.assign(this.stimuli, saved.stimuli);
    for (const [c, answers] of saved.answers.entries()) Object.assign(this.answers[c]!, answers);
    for (const [c, rests] of saved.rests.entries()) Object.assign(this.rests[c]!, rests);
    for (const [c, unhandled] of saved.unhandled.entries())
      for (const [key, one] of unhandled) this.unhandled[c]!.set(key, one);
    this.firsts.push(...saved.firsts);
    return true;
  }
}
