import type { StepReads } from '../interpret/stepContext.js';
import type { Checkpointable, Reader, Writer } from '../store/checkpointable.js';

/** Everything that a rule read in the states or calls that it was evaluated on. */
export class RuleReads implements Checkpointable {
  /** Whether anything read of the calls themselves had more than one value. */
  varies = false;
  readonly #states = new Set<number>();
  readonly #values = new Map<string, string>();

  constructor(
    /** How many components there are. */
    readonly components: number,
  ) {}

  /** Adds a read of a component: by a projection, or if that is below 0 of its whole state. */
  state(component: number, projection: number): void {
    this.#states.add((projection + 1) * this.components + component);
  }

  /** Adds the reads of one evaluation on a call. */
  call({ changed, ...values }: StepReads): void {
    for (const component of changed) this.state(component, -1);
    if (this.varies) return;
    for (const [kind, value] of Object.entries(values)) {
      const known = this.#values.get(kind);
      if (known === undefined) this.#values.set(kind, value);
      else if (known !== value) this.varies = true;
    }
  }

  *states(): Generator<readonly [component: number, projection: number]> {
    for (const key of this.#states)
      yield [key % this.components, Math.floor(key / this.components) - 1];
  }

  save(to: Writer): void {
    to.plain({ varies: this.varies, states: this.#states, values: this.#values });
  }

  restore(from: Reader): boolean {
    const saved = from.plain<{
      varies: boolean;
      states: Set<number>;
      values: Map<string, string>;
    }>();
    this.varies = saved.varies;
    for (const key of saved.states) this.#states.add(key);
    for (const [kind, value] of saved.values) this.#values.set(kind, value);
    return true;
  }
}
