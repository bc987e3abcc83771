import type { AnyMachineSnapshot, StateValue } from 'xstate';
import type { Component, Json, Message, SnapshotData } from '../model/network.js';
import { UserError } from '../model/userError.js';
import type { Checkpointable, Reader, Writer } from '../store/checkpointable.js';
import { grow } from '../store/typedArrays.js';
import { OUTPUT } from './actorRun.js';
import { ActorSystem } from './actorSystem.js';
import { deepFreeze } from './deepFreeze.js';
import { didYouMean, nearest } from './didYouMean.js';
import { exactText } from './exactText.js';
import { FrozenSnapshot } from './frozenSnapshot.js';
import { InstrumentedMachine } from './instrumentedMachine.js';
import { marked, unmarked } from './nullPrototypes.js';
import {
  type ExecutableAction,
  inPersistedOrder,
  type PersistedState,
  PureMachine,
  persistedState,
  type Transition,
} from './pureMachine.js';
import { describeValue } from './schema.js';
import { eventName, type SystemSnapshot } from './systemSnapshot.js';
import { unanswered } from './unanswered.js';
import { whyNotJson } from './validateNetwork.js';

/** The receiver has no transition for the message in this state. */
export const UNHANDLED = -1;
const UNKNOWN = 0;
const NONE: readonly number[] = [];

/** A table as a checkpoint stores it. */
interface Saved {
  readonly states: readonly PersistedState[];
  readonly messages: readonly Message[];
  readonly messageKeys: readonly string[];
  readonly next: readonly number[];
  readonly emitted: readonly Int32Array[];
  readonly exercises: readonly (readonly number[])[];
  readonly computed: number;
  readonly width: number;
  readonly cells: Int32Array | Map<number, number>;
}

/**
 * Maps a message to its receiver: the component index and that component's message number. Component -1 is the
 * environment.
 */
export type Address = (
  message: Message,
  from: string,
) => readonly [component: number, message: number];

/** Most cells that a dense table may have. A larger table is a map with one entry per computed cell. */
const DENSE = 1 << 22;
/** More messages than any machine receives. Cell keys of the map are state * MESSAGES + message. */
const MESSAGES = 2 ** 24;

/** A limit of this many states of one machine is not doubled again, whichever variable makes the states. */
const MOST = 1_000_000;

/**
 * One component as a Mealy table: (state, message) -> (next state, emitted messages). XState computes each pair when it
 * is first needed, and computes it twice to detect impure code. From then on a pair costs one array read.
 */
export class TransitionTable implements Checkpointable {
  readonly name: string;
  readonly snapshots: FrozenSnapshot[] = [];
  readonly messages: Message[] = [];
  /** By answer number: the next state, and the emitted messages as flat [component, message] pairs. */
  readonly next: number[] = [0];
  readonly emitted: Int32Array[] = [new Int32Array(0)];
  /** By answer number: a number for the emitted messages. Equal messages have equal numbers. */
  readonly emissionOf: number[] = [-1];
  /** By answer number: a number for the emitted messages and the exercised items. Equal pairs have equal numbers. */
  readonly effectOf: number[] = [-1];
  /** By answer number: the items of `machine` that the answer exercises. */
  readonly exercises: (readonly number[])[] = [[]];
  /** Items that the machine exercises before its first message. */
  startExercises: readonly number[] = [];
  readonly machine: InstrumentedMachine;
  /** Number of cells that XState has computed. */
  computed = 0;

  readonly #component: Component;
  readonly #pure: PureMachine;
  readonly #address: Address;
  /** At this number of states, check whether a context variable grows without bound. */
  #limit: number;
  readonly #snapshots: AnyMachineSnapshot[] = [];
  readonly #stateNumbers = new Map<string, number>();
  readonly #messageNumbers = new Map<string, number>();
  readonly #emissions = new Map<string, number>();
  /** Exercised items, by the numbers in `effectOf`. */
  readonly #exercises: (readonly number[])[] = [];
  readonly #tried = new Map<number, readonly number[]>();
  readonly #effects = new Map<string, number>();
  #width = 16;
  #cells: Int32Array = new Int32Array(16 * 16);
  /** Replaces the cells of a table larger than DENSE, most of which are never computed. Keyed by state and message. */
  #sparse: Map<number, number> | undefined;

  constructor(component: Component, address: Address, limit: number) {
    this.name = component.name;
    this.#component = component;
    this.#address = address;
    this.#limit = limit;
    this.machine = InstrumentedMachine.of(component.machine);
    this.#pure = new PureMachine(
      `machine ${component.name}`,
      new ActorSystem(this.machine, component.name),
    );
  }

  /**
   * Number of the first state. Throws RW108 if the machine emits while it starts, since no component can receive then,
   * and RW107 for an action that cannot be searched.
   */
  start(): number {
    const { next, key, doings } = this.#pure.start(this.#component.input);
    this.startExercises = [...this.machine.exercised];
    const word = this.#messagesOf(doings, 'it starts').find(({ to }) => to !== undefined);
    if (word !== undefined)
      throw new UserError(
        'RW108',
        `machine ${this.name} emits ${word.type} to ${word.to} while it starts; emit it in response to a message`,
      );
    return this.#stateNumber(next, key);
  }

  /** Number of the state with this value, context and output, whether or not the search has reached it. */
  numberOf({ value, context, output }: SnapshotData): number {
    return this.#stateNumber(
      this.machine.machine.resolveState({ value: value as StateValue, context, output }),
    );
  }

  messageNumber(message: Message): number {
    const key = exactText(message, `a message to ${this.name}`);
    let number = this.#messageNumbers.get(key);
    if (number === undefined) {
      number = this.messages.length;
      this.#messageNumbers.set(key, number);
      this.messages.push(deepFreeze(message));
      if (number >= this.#width) this.#widen();
    }
    return number;
  }

  /** Answer number for (state, message), to index `next` and `emitted`; UNHANDLED if no transition is enabled. */
  answer(state: number, message: number): number {
    const cell = this.#cell(state, message);
    return cell === UNKNOWN ? this.#compute(state, message) : cell;
  }

  /** The same as `answer`, without running XState: undefined for a pair that was not computed yet. */
  known(state: number, message: number): number | undefined {
    const cell = this.#cell(state, message);
    return cell === UNKNOWN ? undefined : cell;
  }

  #cell(state: number, message: number): number {
    if (this.#sparse === undefined) return this.#cells[state * this.#width + message]!;
    return this.#sparse.get(state * MESSAGES + message) ?? UNKNOWN;
  }

  /** The items exercised by selecting a transition without taking it: the results of guards. */
  tried(state: number, message: number): readonly number[] {
    const key = state * MESSAGES + message;
    let items = this.#tried.get(key);
    if (items === undefined) {
      const { exercised } = this.machine;
      exercised.clear();
      this.#pure.isEnabled(this.messages[message]!, this.#snapshots[state]!);
      items = [...exercised];
      // Most pairs exercise nothing: they share one empty array.
      this.#tried.set(key, items.length === 0 ? NONE : items);
    }
    return items;
  }

  /**
   * Computes `most` of the known pairs again, evenly spread; fewer known pairs are computed several times each. This
   * detects a machine whose answer to one message depends on what another changed outside of the context. Throws RW106
   * for an answer that differs.
   */
  verify(most: number): void {
    const stride = Math.max(1, Math.ceil(this.computed / most));
    for (let done = 0; done < most && this.computed > 0; ) {
      let left = 0;
      for (const [state, snapshot] of this.#snapshots.entries())
        for (const [message, event] of this.messages.entries()) {
          const answer = this.known(state, message);
          if (answer === undefined || left-- > 0) continue;
          left = stride - 1;
          done++;
          if (!this.#isStill(answer, this.#pure.on(event, snapshot), event))
            throw this.#pure.differs(
              `handles ${eventName(event)} differently at the end of the search`,
              [event, snapshot],
            );
        }
    }
  }

  #isStill(answer: number, again: Transition | undefined, event: Message): boolean {
    if (answer === UNHANDLED || again === undefined)
      return answer === UNHANDLED && again === undefined;
    return (
      this.#stateNumbers.get(again.key) === this.next[answer] &&
      this.#words(again.doings, event).join() === this.emitted[answer]!.join()
    );
  }

  save(to: Writer): void {
    const { messages, next, emitted, exercises, computed } = this;
    if (this.#snapshots.some(({ system }: SystemSnapshot) => system !== undefined))
      throw new UserError(
        'RW030',
        `machine ${this.name} has timers or actors, which a checkpoint cannot hold; leave out --checkpoint`,
      );
    const states = this.#snapshots.map(persistedState);
    const cells = this.#sparse ?? this.#cells;
    const messageKeys = [...this.#messageNumbers.keys()];
    to.plain({
      states: states.map(marked),
      messages: messages.map(marked),
      messageKeys,
      next,
      emitted,
      exercises,
      computed,
      width: this.#width,
      cells,
    });
  }

  /** False if the saved states are not states of this machine. */
  restore(from: Reader): boolean {
    const read = from.plain<Saved>();
    const saved: Saved = {
      ...read,
      states: read.states.map(unmarked) as Saved['states'],
      messages: read.messages.map(unmarked) as Saved['messages'],
    };
    if (!saved.states.every((state, number) => this.#numberAgain(state) === number)) return false;
    for (const [number, key] of saved.messageKeys.entries()) {
      const known = this.#messageNumbers.get(key);
      if (known === number) continue;
      if (known !== undefined || number !== this.messages.length) return false;
      this.#messageNumbers.set(key, number);
      this.messages.push(deepFreeze(saved.messages[number]!));
    }
    for (const [answer, words] of saved.emitted.entries())
      if (answer > 0) this.#keep(saved.next[answer]!, words, saved.exercises[answer]!);
    this.computed = saved.computed;
    this.#width = saved.width;
    const { cells } = saved;
    this.#sparse = cells instanceof Map ? cells : undefined;
    this.#cells = cells instanceof Map ? new Int32Array(0) : cells;
    return true;
  }

  /** Number of a saved state; -1 if this machine has no such state. */
  #numberAgain(state: PersistedState): number {
    const { machine } = this.machine;
    const { value, context, history, output } = state;
    try {
      const nodes = Object.entries(history).map(
        ([id, ids]) => [id, ids.map((node) => machine.getStateNodeById(node))] as const,
      );
      const historyValue = Object.fromEntries(nodes);
      const resolved = machine.resolveState({
        ...{ value: value as StateValue, context, historyValue },
        ...('output' in state && { output }),
      });
      const snapshot = inPersistedOrder(resolved, state);
      const key = this.#pure.key(state);
      return this.#pure.key(persistedState(snapshot)) === key
        ? this.#stateNumber(snapshot, key)
        : -1;
    } catch {
      // XState throws for a state that the machine does not have.
      return -1;
    }
  }

  #compute(state: number, message: number): number {
    const event = this.messages[message]!;
    const result = this.#pure.on(event, this.#snapshots[state]!);
    let answer = UNHANDLED;
    if (result !== undefined) {
      const exercised = [...this.machine.exercised].sort((a, b) => a - b);
      const next = this.#stateNumber(result.next, result.key);
      answer = this.#keep(next, this.#words(result.doings, event), exercised);
      this.#assertAnswered(result.next);
    }
    this.computed++;
    if (this.#sparse) this.#sparse.set(state * MESSAGES + message, answer);
    else this.#cells[state * this.#width + message] = answer;
    return answer;
  }

  /** The messages emitted on an event, as flat [component, message] pairs. */
  #words(doings: readonly ExecutableAction[], event: Message): Int32Array {
    const emitted = this.#messagesOf(doings, `it handles ${eventName(event)}`);
    return Int32Array.from(emitted.flatMap((word) => this.#address(word, this.name)));
  }

  /**
   * Checks that some stimulus fires each timer and answers each actor of the first state. Call it when the messages of
   * all stimuli are known.
   */
  assertAnswered(): void {
    this.#assertAnswered(this.#snapshots[0]!);
  }

  #assertAnswered(snapshot: SystemSnapshot): void {
    const why = unanswered(snapshot, this.messages);
    if (why !== undefined) throw new UserError(why.code, `machine ${this.name} ${why.what}`);
  }

  /** Stores a new answer and returns its number. */
  #keep(next: number, emitted: Int32Array, exercises: readonly number[]): number {
    this.next.push(next);
    this.emitted.push(emitted);
    const emission = emitted.join();
    this.emissionOf.push(numberIn(this.#emissions, emission));
    const effect = numberIn(this.#effects, `${emission} ${exercises.join()}`);
    this.effectOf.push(effect);
    // Few lists differ, so answers with one effect share one array.
    this.#exercises[effect] ??= exercises;
    this.exercises.push(this.#exercises[effect]);
    return this.next.length - 1;
  }

  /** The messages among the actions that XState returned. Throws RW107 for an action that cannot be searched. */
  #messagesOf(actions: readonly ExecutableAction[], when: string): Message[] {
    return actions.flatMap(({ type, params, exec }): Message[] => {
      if (type === 'xstate.emit') {
        const message: unknown = params?.event;
        const isMessage =
          typeof (message as Partial<Message> | null | undefined)?.type === 'string';
        const why = isMessage ? whyNotJson(message) : 'emit an object whose type is a string';
        if (why === undefined) return [deepFreeze(message as Message)];
        throw new UserError(
          'RW107',
          `machine ${this.name} emits ${describeValue(message)} when ${when}${isMessage ? ' that JSON cannot hold: ' : '; '}${why}`,
        );
      }
      // XState has handled an immediate raise already, within this transition.
      if (type === 'xstate.raise' || type === 'xstate.cancel') return [];
      if (type === OUTPUT) return [deepFreeze(params!.event as Message)];
      if (type === 'xstate.log') return [{ type: 'log' }];
      const known = Object.keys(this.#component.machine.implementations.actions);
      if (exec === undefined && nearest(type, known) !== undefined)
        throw new UserError(
          'RW107',
          `machine ${this.name} executes ${type} when ${when}, which is not implemented; ${didYouMean(type, known)}`,
        );
      const isPlain = params !== undefined && whyNotJson(params) === undefined;
      return [deepFreeze({ type, ...(isPlain && { params: params as Json }) })];
    });
  }

  #stateNumber(
    snapshot: AnyMachineSnapshot,
    key = this.#pure.key(persistedState(snapshot)),
  ): number {
    let number = this.#stateNumbers.get(key);
    if (number === undefined) {
      number = this.#snapshots.length;
      if (number >= this.#limit) this.#grows();
      this.#stateNumbers.set(key, number);
      this.#snapshots.push(snapshot);
      this.snapshots.push(new FrozenSnapshot(snapshot));
      if (this.#sparse === undefined && (number + 1) * this.#width > this.#cells.length)
        if (!this.#scatters()) this.#cells = grow(this.#cells, this.#cells.length * 2);
    }
    return number;
  }

  /** Moves the cells into the map if twice as many would exceed the dense limit. True if it did. */
  #scatters(): boolean {
    if (this.#cells.length < DENSE) return false;
    const sparse = new Map<number, number>();
    for (const [at, answer] of this.#cells.entries())
      if (answer !== UNKNOWN)
        sparse.set(Math.floor(at / this.#width) * MESSAGES + (at % this.#width), answer);
    this.#sparse = sparse;
    this.#cells = new Int32Array(0);
    return true;
  }

  #widen(): void {
    if (this.#sparse !== undefined || this.#scatters()) return;
    const width = this.#width * 2;
    const rows = this.#cells.length / this.#width;
    const cells = new Int32Array(rows * width);
    for (let row = 0; row < rows; row++)
      cells.set(this.#cells.subarray(row * this.#width, (row + 1) * this.#width), row * width);
    this.#cells = cells;
    this.#width = width;
  }

  /**
   * Doubles the limit if no context variable accounts for at least a quarter of the states and the limit is below MOST.
   * Otherwise throws RW105, which names the variable with the most values.
   */
  #grows(): void {
    const values = new Map<string, Set<string>>();
    for (const { context } of this.snapshots)
      for (const [variable, value] of Object.entries(context ?? {})) {
        if (!values.has(variable)) values.set(variable, new Set());
        values.get(variable)!.add(exactText(value, variable));
      }
    const counts = [...values].map(([name, set]) => ({ name, distinct: set.size }));
    counts.sort((a, b) => b.distinct - a.distinct);
    const most = counts[0] ?? { name: 'its state', distinct: this.#limit };
    if (most.distinct * 4 < this.#limit && this.#limit < MOST) {
      this.#limit *= 2;
      return;
    }
    throw new UserError(
      'RW105',
      `machine ${this.name} has over ${this.#limit} states: context variable ${most.name} took ${most.distinct} distinct values and may grow without bound; limit it with a guard`,
    );
  }
}

/** The number of a text. A new text gets the next number. */
function numberIn(numbers: Map<string, number>, text: string): number {
  const known = numbers.get(text);
  if (known !== undefined) return known;
  numbers.set(text, numbers.size);
  return numbers.size - 1;
}
