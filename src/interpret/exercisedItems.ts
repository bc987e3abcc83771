import type { Checkpointable, Reader, Writer } from '../store/checkpointable.js';
import type { CompiledSystem } from './compiledSystem.js';

/** The digits of the state before a call, followed by its stimulus. */
type Call = Int32Array;

type Unhandled = readonly [state: number, message: number];

interface Saved {
  readonly stimuli: readonly boolean[];
  readonly answers: readonly (readonly boolean[])[];
  readonly rests: readonly (readonly boolean[])[];
  readonly unhandled: readonly ReadonlyMap<string, Unhandled>[];
  readonly firsts: readonly Call[];
}

/** Coverage of a search: the stimuli, answers and states that its calls exercised. */
export class ExercisedItems implements Checkpointable {
  /** By stimulus: whether it was enabled in some state. */
  readonly stimuli: boolean[];
  /** By component and answer number: whether some delivery had this answer. */
  readonly answers: readonly boolean[][];
  /** By component and state: whether the component was in this state before or after some call. */
  readonly rests: readonly boolean[][];
  /** By component: the messages delivered in a state where no transition was enabled for them. */
  readonly unhandled: readonly Map<string, Unhandled>[];
  /** The calls that were the first to exercise something; empty unless `keepsFirsts`. */
  readonly firsts: Call[] = [];
  readonly #before: Int32Array;
  #stimulus = 0;
  #isFirst = false;

  constructor(
    compiled: CompiledSystem,
    readonly keepsFirsts: boolean,
  ) {
    this.stimuli = compiled.stimuli.map(() => false);
    this.answers = compiled.components.map(() => []);
    this.rests = compiled.components.map((_, c) => {
      const states: boolean[] = [];
      states[compiled.first[c]!] = true;
      return states;
    });
    this.unhandled = compiled.components.map(() => new Map());
    this.#before = new Int32Array(compiled.components.length);
  }

  /** Starts the record of an enabled stimulus in `state`. */
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

  /** Ends the record of the call. `state` is its end state, if it reached quiescence. */
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
