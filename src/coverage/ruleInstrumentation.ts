import type { CompiledSystem } from '../interpret/compiledSystem.js';
import { Interpreter } from '../interpret/interpreter.js';
import { StepContext } from '../interpret/stepContext.js';
import type { Rule, Step } from '../model/network.js';

type When = 'before' | 'after' | 'changed';

/** Evaluates rules on single calls, and records their reads. */
export class RuleInstrumentation<W> {
  readonly #compiled: CompiledSystem<W>;
  readonly #before: Int32Array;
  readonly #interpreter: Interpreter;
  readonly #after: W;
  readonly #context: StepContext<W>;
  readonly #step: Step<W>;
  /** Reads of the last rule, keyed by a text that is equal for equal reads. */
  readonly #reads = new Map<string, readonly [when: When, component: number, projection: number]>();
  #readsEmitted = false;
  #readsAgain = false;

  constructor(compiled: CompiledSystem<W>) {
    this.#compiled = compiled;
    this.#before = new Int32Array(compiled.components.length);
    this.#interpreter = new Interpreter(compiled);
    const recordingWorld = (state: Int32Array, when: When) =>
      compiled.world(state, (component, projection) => this.#record(when, component, projection));
    this.#after = recordingWorld(this.#interpreter.state, 'after');
    this.#context = new StepContext(
      compiled,
      this.#before,
      this.#interpreter,
      new Interpreter(compiled),
      recordingWorld(this.#before, 'before'),
      this.#after,
    );
    this.#step = this.#recordingStep(this.#context);
  }

  /** Makes the call on which rules are evaluated from now on. */
  call(state: Int32Array, stimulus: number): void {
    this.#before.set(state);
    this.#interpreter.state.set(state);
    this.#interpreter.step(stimulus);
    this.#context.bind(stimulus);
  }

  holds(goal: (world: W) => boolean): boolean {
    return goal(this.#after);
  }

  /**
   * The reads of the rule until it returns, as a text. Undefined if the call changed nothing that a state rule reads:
   * its result is then that of the state before.
   */
  reads({ always, each, step, recoverable, eventually, leadsTo }: Rule<W>): string | undefined {
    this.#reads.clear();
    this.#readsEmitted = false;
    this.#readsAgain = false;
    this.#context.resetAgain();
    if (step) step(this.#step);
    else if (recoverable) recoverable(this.#after);
    else if (eventually) eventually(this.#after);
    else if (leadsTo) {
      leadsTo.from(this.#after);
      leadsTo.to(this.#after);
    } else if (always)
      for (const part of each ? each(this.#after) : [undefined]) always(this.#after, part);
    if (step === undefined && ![...this.#reads.values()].some((read) => this.#differs(read)))
      return undefined;
    return [
      ...[...this.#reads.keys()].sort(),
      ...(this.#readsEmitted ? ['emitted'] : []),
      ...(this.#readsAgain ? ['again'] : []),
    ].join();
  }

  /** The reads of the last evaluation as text: when, and of which components. */
  get description(): string {
    const at = (when: When) => {
      const reads = [...this.#reads.values()].filter((read) => read[0] === when);
      const names = new Set(
        reads.map(([, component]) => this.#compiled.components[component]!.name),
      );
      return names.size === 0 ? [] : [`${when}: ${[...names].join(' ')}`];
    };
    const parts = [...at('before'), ...at('after'), ...at('changed')];
    if (this.#readsEmitted) parts.push('emitted messages');
    if (this.#readsAgain) parts.push('the call repeated');
    return parts.join(', ') || 'only the call';
  }

  #record(when: When, component: number, projection: number): void {
    this.#reads.set(`${when} ${component} ${projection}`, [when, component, projection]);
  }

  #differs([, component, projection]: readonly [When, number, number]): boolean {
    const was = this.#before[component]!;
    return this.#compiled.differ(projection, was, this.#interpreter.state[component]!);
  }

  /** The call as rules see it, which records their reads. */
  #recordingStep(context: StepContext<W>): Step<W> & Pick<StepContext<W>, 'resetAgain'> {
    // A rule that only destructures `emitted` in its parameters has not read it yet.
    const emittedProxy = () =>
      new Proxy(context.emitted, {
        get: (emitted, key) => {
          this.#readsEmitted = true;
          return Reflect.get(emitted, key);
        },
      });
    return {
      resetAgain: () => context.resetAgain(),
      before: context.before,
      after: context.after,
      get call() {
        return context.call;
      },
      get emitted() {
        return emittedProxy();
      },
      changed: (component) => {
        this.#record('changed', this.#compiled.index(component, 'a rule'), -1);
        return context.changed(component);
      },
      again: () => {
        this.#readsAgain = true;
        return context.again();
      },
    };
  }
}
