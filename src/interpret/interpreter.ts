import { number } from '../model/formatNumber.js';
import type { Message } from '../model/network.js';
import { LimitReached } from '../model/userError.js';
import { grow } from '../store/typedArrays.js';
import type { CompiledSystem, UnhandledEvent } from './compiledSystem.js';
import type { ExercisedItems } from './exercisedItems.js';
import { UNHANDLED } from './transitionTable.js';

/** What one stimulus came to. `unhandled` and `livelock` (a livelock) are findings; `refused` means not offered here. */
export type StepResult = 'quiescence' | 'refused' | 'unhandled' | 'livelock';

/** Messages after which a delivery is watched for a livelock: almost every one ends before. */
const WATCHED_FROM = 10_000;
/** Messages of one delivery after which it is stopped, if it was not shown to be a livelock. */
export const MESSAGE_LIMIT = 10_000_000;

/**
 * Delivers messages depth-first, like function calls: what A says to B is answered before A's
 * next word. `state` is changed in place; after anything but `silence` it is rubbish.
 */
export class Interpreter {
  readonly state: Int32Array;
  /** Words said to the world by the last stimulus: numbers into `tables.words`, `saidCount` of them. */
  emitted: Int32Array = new Int32Array(64);
  emittedCount = 0;
  /** Set after `unhandled`. */
  unhandled: UnhandledEvent | undefined;
  /** Messages that are still to be delivered after the present answer's own: lists, and how far each is done. */
  readonly #lists: Int32Array[] = [];
  readonly #done: number[] = [];

  /**
   * `heard` is told of every message before it is answered, and of those that are tried first; `exercised` records
   * everything that calls exercise.
   */
  constructor(
    readonly tables: CompiledSystem,
    readonly heard?: (component: number, message: number) => void,
    readonly watchedFrom = WATCHED_FROM,
    /** Undefined: nothing is recorded. */
    public exercised?: ExercisedItems,
  ) {
    this.state = Int32Array.from(tables.first);
  }

  /** Throws LimitReached where it cannot tell within MESSAGE_LIMIT messages whether the call ends. */
  step(stimulus: number): StepResult {
    const outputs = this.tables.stimuli[stimulus]!;
    this.emittedCount = 0;
    this.unhandled = undefined;
    for (let i = 0; i < outputs.length; i += 2) {
      this.heard?.(outputs[i]!, outputs[i + 1]!);
      if (
        this.tables.components[outputs[i]!]!.answer(this.state[outputs[i]!]!, outputs[i + 1]!) ===
        UNHANDLED
      )
        return 'refused';
    }
    this.exercised?.begin(stimulus, this.state);
    const reaction = this.#deliver(outputs, stimulus);
    this.exercised?.end(reaction === 'quiescence' ? this.state : undefined);
    return reaction;
  }

  /** What the last stimulus said to the world. */
  words(): readonly Message[] {
    const words: Message[] = [];
    for (let i = 0; i < this.emittedCount; i++) words.push(this.tables.outputs[this.emitted[i]!]!);
    return Object.freeze(words);
  }

  #deliver(stimulusWords: Int32Array, stimulus: number): StepResult {
    const { state, heard, exercised } = this;
    const { components } = this.tables;
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
      heard?.(to, message);
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
      // Of a list that is done nothing has to be remembered: two that answer each other take no room.
      if (at < list.length) {
        lists[depth] = list;
        done[depth++] = at;
      }
      list = emitted;
      at = 0;
    }
  }

  #unfinished(stimulus: number): LimitReached {
    const { name, stimuli } = this.tables.network;
    return new LimitReached(
      'RW310',
      `call "${stimuli[stimulus]!.description}" of ${name} was stopped after ${number(MESSAGE_LIMIT)} messages: whether it ends is unknown; model it in fewer messages`,
    );
  }
}

/**
 * Finds out whether a delivery never ends, by a proof: what happens next depends on the state of all machines and on the
 * messages that are due, the last list first. If a state recurs with the same place in the same list due, and the lists below it
 * were not touched in between, all that happened in between happens again, for ever. Where a delivery never ends such
 * a recurrence exists, however the lists pile up, because states and lists are finite in number; Brent's
 * algorithm (1980) finds it while it remembers one configuration.
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

  /** Whether the configuration before the next delivery is one from which the delivery came back to itself. */
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
