import type { CompiledSystem } from '../interpret/compiledSystem.js';
import { Interpreter } from '../interpret/interpreter.js';
import { StepContext } from '../interpret/stepContext.js';
import type { Rule, Step } from '../model/network.js';

type When = 'before' | 'after' | 'changed';

/** Evaluates rules on single calls, and records their reads. */
export class RuleInstrumentation<W> {
  readonly #tables: CompiledSystem<W>;
  readonly #before: Int32Array;
  readonly #reactor: Interpreter;
  readonly #after: W;
  readonly #made: StepContext<W>;
  readonly #step: Step<W>;
  /** Reads of the last rule, keyed by a text that is equal for equal reads. */
  readonly #looks = new Map<string, readonly [when: When, component: number, projection: number]>();
  #readsEmitted = false;
  #triesAgain = false;

  constructor(compiled: CompiledSystem<W>) {
    this.#tables = compiled;
    this.#before = new Int32Array(compiled.components.length);
    this.#reactor = new Interpreter(compiled);
    const watched = (state: Int32Array, when: When) =>
      compiled.world(state, (component, projection) => this.#look(when, component, projection));
    this.#after = watched(this.#reactor.state, 'after');
    this.#made = new StepContext(
      compiled,
      this.#before,
      this.#reactor,
      new Interpreter(compiled),
      watched(this.#before, 'before'),
      this.#after,
    );
    this.#step = this.#watched(this.#made);
  }

  /** Makes the call on which rules are evaluated from now on. */
  call(state: Int32Array, stimulus: number): void {
    this.#before.set(state);
    this.#reactor.state.set(state);
    this.#reactor.step(stimulus);
    this.#made.bind(stimulus);
  }

  holds(goal: (world: W) => boolean): boolean {
    return goal(this.#after);
  }

  /**
   * The reads of the rule until it returns, as a text. Undefined if the call changed nothing that a state rule reads:
   * its result is then that of the state before.
   */
  looks({ always, each, step, recoverable }: Rule<W>): string | undefined {
    this.#looks.clear();
    this.#readsEmitted = false;
    this.#triesAgain = false;
    this.#made.resetAgain();
    if (step) step(this.#step);
    else if (recoverable) recoverable(this.#after);
    else if (always)
      for (const part of each ? each(this.#after) : [undefined]) always(this.#after, part);
    if (step === undefined && ![...this.#looks.values()].some((look) => this.#differs(look)))
      return undefined;
    return [
      ...[...this.#looks.keys()].sort(),
      ...(this.#readsEmitted ? ['emitted'] : []),
      ...(this.#triesAgain ? ['again'] : []),
    ].join();
  }

  /** The reads of the last evaluation as text: when, and of which components. */
  get description(): string {
    const at = (when: When) => {
      const looks = [...this.#looks.values()].filter((look) => look[0] === when);
      const names = new Set(looks.map(([, component]) => this.#tables.components[component]!.name));
      return names.size === 0 ? [] : [`${when}: ${[...names].join(' ')}`];
    };
    const parts = [...at('before'), ...at('after'), ...at('changed')];
    if (this.#readsEmitted) parts.push('emitted messages');
    if (this.#triesAgain) parts.push('the call repeated');
    return parts.join(', ') || 'only the call';
  }

  #look(when: When, component: number, projection: number): void {
    this.#looks.set(`${when} ${component} ${projection}`, [when, component, projection]);
  }

  #differs([, component, projection]: readonly [When, number, number]): boolean {
    const was = this.#before[component]!;
    return this.#tables.differ(projection, was, this.#reactor.state[component]!);
  }

  /** The call as rules see it, which records their reads. */
  #watched(made: StepContext<W>): Step<W> & Pick<StepContext<W>, 'resetAgain'> {
    // A rule that only destructures `emitted` in its parameters has not read it yet.
    const words = () =>
      new Proxy(made.emitted, {
        get: (emitted, key) => {
          this.#readsEmitted = true;
          return Reflect.get(emitted, key);
        },
      });
    return {
      resetAgain: () => made.resetAgain(),
      before: made.before,
      after: made.after,
      get call() {
        return made.call;
      },
      get emitted() {
        return words();
      },
      changed: (component) => {
        this.#look('changed', this.#tables.index(component, 'a rule'), -1);
        return made.changed(component);
      },
      again: () => {
        this.#triesAgain = true;
        return made.again();
      },
    };
  }
}
