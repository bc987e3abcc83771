import type { Selector } from '../../../src/model/network.js';
import {
  defineClient,
  FUNCTIONS,
  MODULE_FUNCTION,
  NO_FLAGS,
  type Numbers,
  onAndOff,
} from '../client.js';
import { tracer as machine, type Tracer, type Tracers } from './machine.js';
import { reproducer } from './reproducer.js';

type Key = 'tracer' | 'graph' | 'instance' | 'tracer3';

const ALL: Readonly<Record<Key, Tracer>> = {
  tracer: { name: 'tracer', ops: 'global_ops', functions: [...FUNCTIONS], instance: 'top' },
  graph: { name: 'graph', ops: 'graph_ops', functions: [...FUNCTIONS], instance: 'top' },
  instance: { name: 'instance', ops: 'instance_ops', functions: [1], instance: 'second' },
  tracer3: {
    name: 'tracer3',
    ops: 'instance3_ops',
    functions: [MODULE_FUNCTION],
    instance: 'third',
  },
};

const tracersOf = (scope: Numbers<Key>): readonly Tracer[] =>
  (Object.keys(ALL) as Key[]).filter((key) => scope[key] > 0).map((key) => ALL[key]);

export const tracer = defineClient({
  name: 'tracer',
  description: 'the tracers of tracefs',
  scope: {
    tracer: { most: 1, legend: () => 'The function tracer is on both.' },
    graph: { most: 1, legend: () => 'graph is function_graph on both, in place of the tracer.' },
    instance: {
      most: 1,
      legend: () => 'instance is the function tracer of a second trace instance, on 1.',
    },
    tracer3: {
      most: 1,
      legend: () =>
        'tracer3 is the function tracer of a third trace instance, on all functions that are not there at boot.',
    },
  },
  machine,
  input: (_, { fillsFreedCode }) => ({ fillsFreedCode }),
  actions: (scope: Numbers<Key>) =>
    tracersOf(scope).flatMap((one) => onAndOff('start', 'stop', one.name, { tracer: { ...one } })),
  ops: (scope: Numbers<Key>) =>
    tracersOf(scope).map(({ ops, name }) => ({
      name: ops,
      kind: 'tracer',
      owner: 'absent',
      flags: NO_FLAGS,
      coversLater: name === 'tracer3',
    })),
  view(select, scope) {
    const none: Selector<readonly Tracer[]> = () => [];
    const on = select?.('tracer', ({ context }) => (context as Tracers).on) ?? none;
    const fillsFreed =
      select?.('tracer', ({ context }) => (context as Tracers).fillsFreedCode) ?? (() => false);
    const tracers = tracersOf(scope);
    const isOn = ({ name }: Tracer) => on().some((one) => one.name === name);
    return {
      attached: (record) =>
        tracers
          .filter((one) => isOn(one) && one.functions.includes(record))
          .map(({ name }) => name),
      /** tracer3 frees its trampoline on stop; nothing patches a function while ftrace_enabled is 0. */
      freedCall: (record, callsWhileOff) =>
        callsWhileOff && ALL.tracer3.functions.includes(record) && !isOn(ALL.tracer3)
          ? fillsFreed()
            ? 'PANIC'
            : 'OOPS'
          : undefined,
      hits: ({ called }) =>
        tracers.filter(({ ops }) => called.includes(ops)).map(({ name }) => name),
    };
  },
  reproducer,
});
