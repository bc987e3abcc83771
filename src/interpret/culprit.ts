import { type AnyMachineSnapshot, type AnyStateMachine, transition } from 'xstate';
import { exactText } from './exactText.js';
import { purely } from './purely.js';

// biome-ignore lint/suspicious/noExplicitAny: guards and actions are as different as machines are
type Any = any;

/** One evaluation of a guard or an action: its name, its arguments as text, and its result as text. */
interface Evaluated {
  readonly who: string;
  readonly given: string;
  readonly what: string;
}

/** Runs of each kind. All are compared with the first. */
const RUNS = 32;

/**
 * Finds the guard or action that throws on an event, or whose result differs between runs, by running the machine
 * again. Returns the end of a sentence, `, in guard "x"`; empty if no named guard or action is the cause.
 */
export function culprit(
  machine: AnyStateMachine,
  event: { readonly type: string },
  snapshot: AnyMachineSnapshot,
): string {
  let evaluated: Evaluated[] = [];
  let failing: string | undefined;
  const watch = <T>(
    who: string,
    given: unknown,
    work: () => T,
    what: (result: T) => unknown,
  ): T => {
    try {
      const result = work();
      evaluated.push({ who, given: shown(given), what: shown(what(result)) });
      return result;
    } catch (error) {
      failing ??= who;
      throw error;
    }
  };
  const watched = machine.provide({
    guards: watchedBy(machine.implementations.guards, (name, guard: Any) => {
      const who = `guard "${name}"`;
      const answer = (passes: boolean) => passes;
      if (guard.check === undefined)
        return (...args: readonly Any[]) => watch(who, args, () => guard(...args), answer);
      const check = (at: Any, args: Any) =>
        watch(who, args, () => guard.check(at, args, guard), answer);
      return Object.assign(() => false, guard, { check });
    }),
    actions: watchedBy(machine.implementations.actions, (name, action: Any) => {
      if (action.resolve === undefined) return action;
      const resolve = (...[scope, at, args, params, , extra]: readonly Any[]) =>
        watch(
          `action "${name}"`,
          [args.context, args.event, params],
          () => action.resolve(scope, at, args, params, action, extra),
          ([next, made]: readonly Any[]) => [next.context, made?.event],
        );
      return Object.assign(() => {}, action, { resolve });
    }),
  });
  const { maxIterations } = machine.options;
  if (maxIterations !== undefined) watched.options.maxIterations = maxIterations;
  const here = snapshotOf(watched, snapshot);
  const run = (work: () => unknown): readonly Evaluated[] => {
    evaluated = [];
    try {
      purely(work);
    } catch {
      // `watch` has recorded the function that failed.
    }
    return evaluated;
  };
  const select = () => watched.getTransitionData(here, event);
  const kinds = [select, () => transition(watched, here, event)];
  for (const kind of kinds) {
    const first = run(kind);
    for (let again = 1; again < RUNS && failing === undefined; again++) {
      // The extra run shifts the phase, for functions whose result changes with every second evaluation.
      if (again % 2 === 0) run(select);
      const other = run(kind);
      const differs = ({ who, given, what }: Evaluated, i: number) =>
        other[i]?.who === who && other[i].given === given && other[i].what !== what;
      failing = first.find(differs)?.who;
    }
  }
  return failing === undefined ? '' : `, in ${failing}`;
}

/** The implementations, with each function replaced by `watched`. */
const watchedBy = (
  all: Readonly<Record<string, Any>>,
  watched: (name: string, one: Any) => Any,
): Any =>
  Object.fromEntries(
    Object.entries(all).map(([name, one]) => [
      name,
      typeof one === 'function' ? watched(name, one) : one,
    ]),
  );

/** The snapshot of the same state in a machine with other implementations. */
function snapshotOf(machine: AnyStateMachine, snapshot: AnyMachineSnapshot): AnyMachineSnapshot {
  const { value, context, historyValue } = snapshot;
  const nodes = Object.entries(historyValue).map(([id, remembered]) => [
    id,
    remembered.map((node) => machine.getStateNodeById(node.id)),
  ]);
  return machine.resolveState({ value, context, historyValue: Object.fromEntries(nodes) });
}

function shown(value: unknown): string {
  try {
    return exactText(value, 'it');
  } catch {
    return 'something that cannot be compared';
  }
}
