import { number } from '../model/formatNumber.js';
import type { Message } from '../model/network.js';
import { LimitReached } from '../model/userError.js';
import { grow } from '../store/typedArrays.js';
import type { CompiledSystem, UnhandledEvent } from './compiledSystem.js';
import type { ExercisedItems } from './exercisedItems.js';
import { UNHANDLED } from './transitionTable.js';

/**
 * The result of one stimulus. `quiescence`: no message is left. `unhandled` and `livelock` are findings. `refused`: the
 * stimulus is disabled in this state.
 */
export type StepResult = 'quiescence' | 'disabled' | 'unhandled' | 'livelock';

/** Messages of one call before livelock detection starts. Almost every call ends earlier. */
const WATCHED_FROM = 10_000;
/** Messages of one call after which the interpreter stops it without a result. */
export const MESSAGE_LIMIT = 10_000_000;

/**
 * Executes calls. It delivers messages depth-first, like function calls: B handles a message from A, and all that
 * follows from it, before A's next message is delivered. `step` changes `state` in place. After any result but
 * `quiescence`, `state` is undefined.
 */
export class Interpreter {
  readonly state: Int32Array;
  /** Messages that the last stimulus emitted to the environment: `emittedCount` indexes into `compiled.outputs`. */
  emitted: Int32Array = new Int32Array(64);
  emittedCount = 0;
  /** The unhandled event, after the result `unhandled`. */
  unhandled: UnhandledEvent | undefined;
  /** Stack of message lists with undelivered messages, below the current list, and the next index in each. */
  readonly #lists: Int32Array[] = [];
  readonly #done: number[] = [];

  /**
   * `onDelivery` is called with every message before its delivery, and with each message of a stimulus when `step` tests
   * whether it is enabled. `exercised` records coverage.
   */
  constructor(
    readonly compiled: CompiledSystem,
    readonly onDelivery?: (component: number, message: number) => void,
    readonly watchedFrom = WATCHED_FROM,
    /** Undefined: no coverage is recorded. */
    public exercised?: ExercisedItems,
  ) {
    this.state = Int32Array.from(compiled.first);
  }

  /** Executes a stimulus. Throws LimitReached (RW310) after MESSAGE_LIMIT messages without a proof of livelock. */
  step(stimulus: number): StepResult {
    const outputs = this.compiled.stimuli[stimulus]!;
    this.emittedCount = 0;
    this.unhandled = undefined;
    for (let i = 0; i < outputs.length; i += 2) {
      this.onDelivery?.(outputs[i]!, outputs[i + 1]!);
      if (
        this.compiled.components[outputs[i]!]!.answer(this.state[outputs[i]!]!, outputs[i + 1]!) ===
        UNHANDLED
      )
        return 'disabled';
    }
    this.exercised?.begin(stimulus, this.state);
    const reaction = this.#deliver(outputs, stimulus);
    this.exercised?.end(reaction === 'quiescence' ? this.state : undefined);
    return reaction;
  }

  /** The messages that the last stimulus emitted to the environment. */
  outputs(): readonly Message[] {
    const words: Message[] = [];
    for (let i = 0; i < this.emittedCount; i++)
      words.push(this.compiled.outputs[this.emitted[i]!]!);
    return Object.freeze(words);
  }

  #deliver(stimulusWords: Int32Array, stimulus: number): StepResult {
    const { state, onDelivery, exercised } = this;
    const { components } = this.compiled;
    const lists = this.#lists;
    const done = this.#done;
    let list = stimulusWords;
    let at = 0;
    let depth = 0;
    let delivered = 0;
    let watch: LivelockWatch | undefined;
    for (;;) {
      while (at === list.length) {
        if (depth === 0) return 'quiescence';
        list = lists[--depth]!;
        at = done[depth]!;
      }
      const to = list[at]!;
      const message = list[at + 1]!;
      if (to < 0) {
        at += 2;
        if (this.emittedCount === this.emitted.length)
          this.emitted = grow(this.emitted, this.emitted.length * 2);
        this.emitted[this.emittedCount++] = message;
        continue;
      }
      if (delivered >= this.watchedFrom) {
        if (delivered === MESSAGE_LIMIT) throw this.#unfinished(stimulus);
        watch ??= new LivelockWatch(state);
        if (watch.recurs(list, at, depth, state)) return 'livelock';
      }
      delivered++;
      onDelivery?.(to, message);
      const table = components[to]!;
      const answer = table.answer(state[to]!, message);
      if (answer === UNHANDLED) {
        this.unhandled = { component: to, message };
        exercised?.leaveUnhandled(to, state[to]!, message);
        return 'unhandled';
      }
      exercised?.deliver(to, answer);
      state[to] = table.next[answer]!;
      const emitted = table.emitted[answer]!;
      at += 2;
      if (emitted.length === 0) continue;
      // A finished list is not pushed, so two machines that reply to each other for ever do not grow the stack.
      if (at < list.length) {
        lists[depth] = list;
        done[depth++] = at;
      }
      list = emitted;
      at = 0;
    }
  }

  #unfinished(stimulus: number): LimitReached {
    const { name, stimuli } = this.compiled.network;
    return new LimitReached(
      'RW310',
      `call "${stimuli[stimulus]!.description}" of ${name} was stopped after ${number(MESSAGE_LIMIT)} messages: whether it ends is unknown; model it in fewer messages`,
    );
  }
}

/**
 * Proves that a call never ends. Its future depends only on the states of all machines and on the stack of undelivered
 * messages. If a state recurs at the same index of the same list, and no list below was touched in between, then
 * everything in between repeats for ever. A call that never ends has such a recurrence, however high the stack grows,
 * because states and lists are finite in number. Brent's algorithm (1980) finds it and stores one configuration only.
 */
class LivelockWatch {
  readonly #state: Int32Array;
  #list: Int32Array | undefined;
  #at = 0;
  #depth = 0;
  #age = 0;
  #span = 1;

  constructor(state: Int32Array) {
    this.#state = state.slice();
  }

  /** Whether the configuration before the next delivery equals the stored one, which proves a livelock. */
  recurs(list: Int32Array, at: number, depth: number, state: Int32Array): boolean {
    const isAbove = depth >= this.#depth;
    if (isAbove && list === this.#list && at === this.#at && isSame(state, this.#state))
      return true;
    if (isAbove && ++this.#age < this.#span) return false;
    if (isAbove) this.#span *= 2;
    this.#age = 0;
    this.#list = list;
    this.#at = at;
    this.#depth = depth;
    this.#state.set(state);
    return false;
  }
}

const isSame = (one: Int32Array, other: Int32Array): boolean =>
  one.every((digit, component) => digit === other[component]);
