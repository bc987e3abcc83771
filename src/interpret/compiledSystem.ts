import type { Message, Network, Selector, Snapshot, Stimulus } from '../model/network.js';
import { UserError } from '../model/userError.js';
import type { Checkpointable, Reader, Writer } from '../store/checkpointable.js';
import { deepFreeze } from './deepFreeze.js';
import { checkEventType, checkNotInternal, hasFinalState } from './eventTypes.js';
import { exactText } from './exactText.js';
import { guardNetwork, runUserCode } from './guardNetwork.js';
import { isRepeated } from './repeatedEvaluation.js';
import { isSystemEvent } from './systemSnapshot.js';
import { TransitionTable } from './transitionTable.js';
import { validateMachine } from './validateMachine.js';
import { ValueNumbering } from './valueNumbering.js';

/** An unhandled event: the numbers of the component and of its message. */
export interface UnhandledEvent {
  readonly component: number;
  readonly message: number;
}

/** Options of CompiledSystem. */
export interface CompileOptions {
  /** States of one component at which the first check for a context that grows without bound runs. Default 20,000. */
  readonly componentLimit?: number;
}

/** Transitions of one machine that `verify` computes again, at most. */
const VERIFIED_PAIRS = 64;

/** The values that one `read` function of the world gives for the states of a component. */
class Projection<V> extends ValueNumbering<Snapshot> {
  readonly #values: V[] = [];

  constructor(
    readonly of: TransitionTable,
    readonly read: (seen: Snapshot) => V,
  ) {
    const who = `the selector of ${of.name}`;
    super(of.snapshots, (one) =>
      exactText(
        runUserCode(who, () => read(one)),
        who,
      ),
    );
  }

  /** Whether another function reads the same. Compares the source text and the values for the first state. */
  isRead(read: (seen: Snapshot) => unknown): boolean {
    if (String(read) !== String(this.read)) return false;
    const who = `the selector of ${this.of.name}`;
    const here = runUserCode(who, () => read(this.all[0]!));
    return exactText(here, who) === exactText(this.value(0), who);
  }

  /** The value for a state. Throws RW121 if a second evaluation gives a different value. */
  value(digit: number): V {
    if (!(digit in this.#values)) {
      const who = `the selector of ${this.of.name}`;
      const one = this.all[digit]!;
      const value = runUserCode(who, () => this.read(one));
      if (exactText(value, who) !== this.text(one))
        throw new UserError(
          'RW121',
          `${who} returns another value the second time: it reads or changes something outside of the state`,
        );
      this.#values[digit] = deepFreeze(value);
    }
    return this.#values[digit]!;
  }
}

/** Whether a component is in a final state of its machine. */
export const isDone = ({ status }: Snapshot): boolean => status === 'done';

/** A network compiled to numbers: transition tables of the components, messages to the environment, and stimuli. */
export class CompiledSystem<W = unknown> implements Checkpointable {
  readonly components: readonly TransitionTable[];
  /** Messages emitted to the environment, by number. */
  readonly outputs: Message[] = [];
  readonly first: Int32Array;
  /** Stimuli as flat [component, message number] pairs, in the network's order. */
  readonly stimuli: readonly Int32Array[];
  /** The projections that the world reads, in the order in which it binds their selectors. */
  readonly projections: Projection<unknown>[] = [];
  /** The guarded network: its functions return values of their declared types, or throw a UserError. */
  readonly network: Network<W>;
  /** The components that receive stimuli, if each of them has a final state. */
  readonly receivers: readonly string[];
  readonly #isTerminated = new WeakMap<object, () => boolean>();
  readonly #indexes = new Map<string, number>();
  readonly #wordNumbers = new Map<string, number>();

  constructor(given: Network<W>, { componentLimit = 20_000 }: CompileOptions = {}) {
    const network = guardNetwork(given);
    this.network = network;
    const { components } = network;
    for (const [i, { name }] of components.entries()) this.#indexes.set(name, i);
    for (const component of components) validateMachine(component);
    this.components = components.map(
      (c) => new TransitionTable(c, (m, from) => this.#address(m, from), componentLimit),
    );
    this.first = Int32Array.from(this.components, (table) => table.start());
    this.stimuli = network.stimuli.map((s) => this.#stimulus(deepFreeze(s)));
    for (const table of this.components) table.assertAnswered();
    const receiving = new Set(
      this.stimuli.flatMap((pairs) => [...pairs].filter((_, i) => i % 2 === 0)),
    );
    const receivers = [...receiving].map((index) => components[index]!);
    this.receivers = receivers.every(({ machine }) => hasFinalState(machine))
      ? receivers.map(({ name }) => name)
      : [];
  }

  /**
   * A world over `state`: each read uses the contents of `state` at that time. `observe` is called at each read with
   * the component and the number of the projection read (-1: the whole snapshot).
   */
  world(state: Int32Array, observe?: (component: number, projection: number) => void): W {
    let bound = 0;
    const look = <V>(component: string, read?: (seen: Snapshot) => V): Selector<V> => {
      const index = this.index(component, 'the world');
      const { snapshots } = this.components[index]!;
      const observed = (projection: number, look: Selector<V>): Selector<V> => {
        if (observe === undefined) return look;
        return () => {
          if (!isRepeated()) observe(index, projection);
          return look();
        };
      };
      if (read === undefined) return observed(-1, () => snapshots[state[index]!]! as V);
      // Each world binds the same selectors in the same order, so worlds share the n-th projection.
      const number = bound++;
      this.projections[number] ??= new Projection(this.components[index]!, read);
      const projection = this.projections[number] as Projection<V>;
      if (projection.of !== this.components[index] || !projection.isRead(read))
        throw new UserError(
          'RW121',
          `the world of network ${this.network.name} binds another selector at position ${bound} the second time: ${component} instead of ${projection.of.name}${projection.of.name === component ? ', with another function' : ''}; bind the same selectors in the same order`,
        );
      return observed(number, () => projection.value(state[index]!));
    };
    const world = this.network.world(look);
    const done = this.receivers.map((name) => look(name, isDone));
    if (done.length > 0) this.#isTerminated.set(world as object, () => done.every((is) => is()));
    return world;
  }

  /** Whether a state can be terminal. */
  get canTerminate(): boolean {
    return this.network.isTerminal !== undefined || this.receivers.length > 0;
  }

  /** Whether a state is terminal: `network.isTerminal` holds, or each component that receives stimuli is done. */
  isTerminal(world: W): boolean {
    return (
      (this.network.isTerminal?.(world) ?? false) ||
      (this.#isTerminated.get(world as object)?.() ?? false)
    );
  }

  /** Computes a sample of the known transitions of each machine again. Throws RW106 for a machine that differs. */
  verify(): void {
    for (const table of this.components) table.verify(VERIFIED_PAIRS);
  }

  /** Whether a projection distinguishes two states of its component. Below 0: whether the states differ at all. */
  differ(projection: number, one: number, other: number): boolean {
    if (projection < 0) return one !== other;
    const read = this.projections[projection]!;
    return read.number(one) !== read.number(other);
  }

  /** An unhandled event as text. */
  unhandledText({ component, message }: UnhandledEvent): string {
    const { name, messages } = this.components[component]!;
    return `${name} has no transition for ${messages[message]!.type} in this state`;
  }

  index(component: string, sender: string): number {
    const index = this.#indexes.get(component);
    if (index === undefined)
      throw new UserError(
        'RW202',
        `${sender} sends a message to ${component}, which network ${this.network.name} does not have; it has ${[...this.#indexes.keys()].join(', ')}`,
      );
    return index;
  }

  save(to: Writer): void {
    to.plain(this.outputs);
    for (const table of this.components) table.save(to);
  }

  restore(from: Reader): boolean {
    for (const word of from.plain<Message[]>()) this.#wordNumber(word);
    return this.components.every((table) => table.restore(from));
  }

  #stimulus({ to, message, also = [], description }: Stimulus): Int32Array {
    const who = `stimulus "${description}"`;
    return Int32Array.from(
      [{ to, message }, ...also.map((word) => ({ to: word.to, message: word }))].flatMap((word) => {
        const index = this.index(word.to, who);
        const { type } = word.message;
        if (!isSystemEvent(type)) checkEventType(this.network.components[index]!, type, who);
        return [index, this.components[index]!.messageNumber(word.message)];
      }),
    );
  }

  #address(message: Message, from: string): readonly [number, number] {
    if (message.to === undefined) return [-1, this.#wordNumber(message)];
    const index = this.index(message.to, `machine ${from}`);
    checkNotInternal(message.to, message.type, `machine ${from}`);
    return [index, this.components[index]!.messageNumber(message)];
  }

  #wordNumber(word: Message): number {
    const key = exactText(word, 'message to the environment');
    let number = this.#wordNumbers.get(key);
    if (number === undefined) {
      number = this.outputs.length;
      this.#wordNumbers.set(key, number);
      this.outputs.push(word);
    }
    return number;
  }
}
