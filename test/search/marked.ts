import { type AnyStateMachine, createMachine } from 'xstate';

// biome-ignore lint/suspicious/noExplicitAny: configs are as different as machines are
type Any = any;

/**
 * A machine whose transitions and states have actions that record when they are taken and entered, and whose guards
 * record their results. This is independent of the engine's instrumentation.
 */
export interface Marked {
  readonly machine: AnyStateMachine;
  /** Everything that can be recorded, as one text each. */
  readonly all: readonly string[];
  /** Recorded by guards. */
  readonly answers: Set<string>;
}

export function marked(machine: AnyStateMachine): Marked {
  const all: string[] = [];
  const answers = new Set<string>();
  const guardsUsed = new Set<string>();
  const mark = (text: string) => {
    all.push(text);
    return { type: 'mark', params: text };
  };
  const transitions = (list: Any, from: string, event: string) =>
    [list].flat().map((one: Any, i, { length }) => {
      const config = typeof one === 'object' ? one : { target: one };
      if (typeof config.guard === 'string') guardsUsed.add(config.guard);
      const text = mark(`${from}: ${event}${length > 1 ? ` #${i + 1}` : ''}`);
      return { ...config, actions: [...[config.actions ?? []].flat(), text] };
    });
  const node = (config: Any, path: string): Any => ({
    ...config,
    ...(config.type !== 'history' && {
      entry: [mark(`state ${path}`), ...[config.entry ?? []].flat()],
    }),
    ...(config.on && {
      on: Object.fromEntries(
        Object.entries(config.on).map(([event, list]) => [event, transitions(list, path, event)]),
      ),
    }),
    ...(config.onDone && {
      onDone: transitions(config.onDone, path, `xstate.done.state.m.${path}`),
    }),
    ...(config.always && { always: transitions(config.always, path, '') }),
    ...(config.states && {
      states: Object.fromEntries(
        Object.entries(config.states).map(([key, child]) => [
          key,
          node(child, path === '' ? key : `${path}.${key}`),
        ]),
      ),
    }),
  });
  const { actions, guards } = machine.implementations as Any;
  const config = node(machine.config, '');
  const noting = Object.fromEntries(
    Object.entries<Any>(guards).map(([name, guard]) => [
      name,
      (...args: Any[]) => {
        const answer = guard(...args);
        answers.add(`guard ${name} ${answer}`);
        return answer;
      },
    ]),
  );
  return {
    machine: createMachine(config, { actions: { ...actions, mark: () => {} }, guards: noting }),
    all: [
      ...all,
      ...[...guardsUsed].flatMap((name) => [false, true].map((is) => `guard ${name} ${is}`)),
    ],
    answers,
  };
}

/** The marks among the actions of a transition. */
export const marksOf = (actions: readonly { type: string; params?: unknown }[]): string[] =>
  actions.flatMap(({ type, params }) => (type === 'mark' ? [params as string] : []));
