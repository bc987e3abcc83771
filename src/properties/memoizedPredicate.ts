import type { CompiledSystem } from '../interpret/compiledSystem.js';
import type { ValueNumbering } from '../interpret/valueNumbering.js';
import type { Snapshot } from '../model/network.js';
import type { Checkpointable, Reader, Writer } from '../store/checkpointable.js';

/** A test in the decision tree, with a child for each value read so far. */
interface Node {
  readonly component: number;
  /** Undefined: the whole state of the component is read. */
  readonly projection: ValueNumbering<Snapshot> | undefined;
  readonly next: (Node | boolean | undefined)[];
}

/** Evaluations after which the hits are compared with them. */
const TRIAL = 1 << 14;

/** A state predicate, memoized by its reads in a decision tree, as long as that pays. */
export class MemoizedPredicate<W> implements Checkpointable {
  readonly #reads: (readonly [component: number, projection: number])[] = [];
  /** By component: the projections of it that were ever read. */
  readonly #looked: Set<number>[] = [];
  readonly #state: Int32Array;
  readonly #holds: () => boolean;
  #root: Node | boolean | undefined;
  /** Evaluations and hits since they were last compared. */
  #evaluated = 0;
  #remembered = 0;
  #remembers = true;

  constructor(
    readonly compiled: CompiledSystem<W>,
    predicate: (world: W) => boolean,
    /** Called for each read that the predicate did not make before. */
    readonly onRead: (component: number, projection: number) => void = () => {},
  ) {
    this.#state = new Int32Array(compiled.components.length);
    const world = compiled.world(this.#state, (component, projection) => {
      if (this.#remembers) this.#reads.push([component, projection]);
      this.#note(component, projection);
    });
    this.#holds = () => predicate(world);
  }

  holds(state: Int32Array): boolean {
    let at = this.#root;
    while (typeof at === 'object') at = at.next[answer(at, state)];
    if (at === undefined) return this.#evaluate(state);
    this.#remembered++;
    return at;
  }

  /** Whether everything that the predicate ever read of a component is equal in all of these states. */
  isBlindTo(component: number, digits: readonly number[]): boolean {
    for (const projection of this.#looked[component] ?? []) {
      if (projection < 0) return false;
      const read = this.compiled.projections[projection]!;
      if (digits.some((digit) => read.number(digit) !== read.number(digits[0]!))) return false;
    }
    return true;
  }

  /** Saves everything that was ever read, not the results: these are evaluated again. */
  save(to: Writer): void {
    to.plain(this.#looked);
  }

  restore(from: Reader): boolean {
    for (const [component, projections] of from.plain<Set<number>[]>().entries())
      for (const projection of projections ?? []) this.#note(component, projection);
    return true;
  }

  /** Every component that was ever read, with the projection; -1: the whole state. */
  *reads(): Generator<readonly [component: number, projection: number]> {
    for (const [component, projections] of this.#looked.entries())
      for (const projection of projections ?? []) yield [component, projection];
  }

  #note(component: number, projection: number): void {
    this.#looked[component] ??= new Set();
    const looked = this.#looked[component];
    if (looked.has(projection)) return;
    looked.add(projection);
    this.onRead(component, projection);
  }

  #evaluate(state: Int32Array): boolean {
    this.#state.set(state);
    this.#reads.length = 0;
    const holds = this.#holds();
    if (!this.#remembers) return holds;
    if (++this.#evaluated === TRIAL) {
      this.#remembers = this.#remembered > TRIAL;
      this.#evaluated = 0;
      this.#remembered = 0;
      if (!this.#remembers) {
        this.#root = undefined;
        return holds;
      }
    }
    let hang = (at: Node | boolean) => {
      this.#root = at;
    };
    let at = this.#root;
    for (const [component, projection] of this.#reads) {
      if (typeof at !== 'object') {
        at = { component, projection: this.compiled.projections[projection], next: [] };
        hang(at);
      }
      const { next } = at;
      const number = answer(at, state);
      hang = (child) => {
        next[number] = child;
      };
      at = next[number];
    }
    hang(holds);
    return holds;
  }
}

const answer = ({ component, projection }: Node, state: Int32Array): number =>
  projection === undefined ? state[component]! : projection.number(state[component]!);
