import type { CompiledSystem } from '../../interpret/compiledSystem.js';
import type { InstrumentedMachine } from '../../interpret/instrumentedMachine.js';
import { Interpreter } from '../../interpret/interpreter.js';
import { type TransitionTable, UNHANDLED } from '../../interpret/transitionTable.js';
import { scanTransitions } from '../coverageGoals.js';
import { type Criterion, INTERRUPTED } from '../criterion.js';
import { greedyCover } from '../greedyCover.js';
import { keepGoing } from '../keepGoing.js';

/** Each guard of each machine must return true and must return false. */
export const criterion: Criterion = {
  counts: 'answers of guards',
  plan: async (input) => {
    const { check } = input;
    const guards = new GuardAnswers(check.compiled);
    const scan = await scanTransitions(check, guards.all, answersIn(check.compiled, guards), input);
    if ('because' in scan) return scan;
    const evaluated = await evaluatedIn(check.compiled, guards, input.signal);
    if (evaluated === undefined) return INTERRUPTED;
    const never = guards.all.flatMap(({ description }, goal) => {
      if (scan.first[goal] !== undefined) return [];
      // Guards are also evaluated to decide whether a call is enabled, even if it is then not made.
      return (evaluated >> BigInt(goal)) & 1n
        ? [`${description}, but in no call: only in a test whether a call is enabled`]
        : [description];
    });
    return { ...greedyCover(input, scan), never };
  },
};

/** The results of all guards that transitions refer to. Components made of one machine share its guards. */
class GuardAnswers {
  readonly all: { readonly description: string }[] = [];
  /** By component and item of its machine: the number of a guard's result in `all`. */
  readonly #numbers: (readonly (number | undefined)[])[] = [];

  constructor(compiled: CompiledSystem) {
    const known = new Map<InstrumentedMachine, readonly (number | undefined)[]>();
    const names = new Set<string>();
    for (const { name, machine } of compiled.components) {
      if (!known.has(machine)) {
        const id = machine.machine.config.id ?? name;
        known.set(machine, this.#number(machine, names.has(id) ? name : id));
        names.add(id);
      }
      this.#numbers.push(known.get(machine)!);
    }
  }

  /** The bits of the guard results among items of a component's machine. */
  bits(component: number, items: readonly number[]): bigint {
    let bits = 0n;
    for (const item of items) {
      const answer = this.#numbers[component]![item];
      if (answer !== undefined) bits |= 1n << BigInt(answer);
    }
    return bits;
  }

  /** Numbers the results of a machine's guards, guard by guard as its transitions refer to them, `no` before `yes`. */
  #number({ guards, items }: InstrumentedMachine, machine: string): (number | undefined)[] {
    const numbers: (number | undefined)[] = [];
    for (const guard of guards) {
      const no = items.findIndex((item) => item.kind === 'guard' && item.guard === guard);
      for (const [i, answer] of ['no', 'yes'].entries()) {
        numbers[no + i] = this.all.length;
        this.all.push({ description: `${machine}: "${guard}" is ${answer === 'yes'}` });
      }
    }
    return numbers;
  }
}

/** Bits of all guard results during the search, those for disabled calls included. Undefined: interrupted. */
async function evaluatedIn(
  { components }: CompiledSystem,
  guards: GuardAnswers,
  signal: AbortSignal,
): Promise<bigint | undefined> {
  let evaluated = 0n;
  for (const [component, table] of components.entries())
    for (const state of table.snapshots.keys()) {
      if (!(await keepGoing(signal))) return undefined;
      for (const message of table.messages.keys()) {
        const answer = table.known(state, message);
        if (answer !== undefined)
          evaluated |= guards.bits(component, itemsOf(table, answer, state, message));
      }
    }
  return evaluated;
}

const itemsOf = (table: TransitionTable, answer: number, state: number, message: number) =>
  answer === UNHANDLED ? table.tried(state, message) : table.exercises[answer]!;

/** A function from the state before a call and its stimulus to the bits of the guard results in the call. */
function answersIn(compiled: CompiledSystem, guards: GuardAnswers) {
  let seen = 0n;
  let tried = 0;
  const interpreter: Interpreter = new Interpreter(compiled, (component, message) => {
    // Each message of a stimulus is tried before any of them is delivered.
    if (tried-- > 0) return;
    const table = compiled.components[component]!;
    const state = interpreter.state[component]!;
    seen |= guards.bits(component, itemsOf(table, table.answer(state, message), state, message));
  });
  return (state: Int32Array, stimulus: number): bigint => {
    seen = 0n;
    tried = compiled.stimuli[stimulus]!.length / 2;
    interpreter.state.set(state);
    interpreter.step(stimulus);
    return seen;
  };
}
