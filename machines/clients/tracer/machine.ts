import { assign, emit, setup } from 'xstate';
import { emitAll } from '../../emitAll.js';
import type { Returns } from '../client.js';
import type { KernelFixes } from '../kernelFixes.js';

/** A tracer of tracefs. */
export interface Tracer {
  readonly name: string;
  readonly ops: string;
  /** The functions in set_ftrace_filter. */
  readonly functions: readonly number[];
  /** The trace instance, whose current_tracer is one tracer at a time. */
  readonly instance: 'top' | 'second' | 'third';
}

type TracersInput = Pick<KernelFixes, 'fillsFreedCode'>;

export interface Tracers extends TracersInput {
  /** Tracers that are on, by name. */
  readonly on: readonly Tracer[];
  /** The tracer that is being started or stopped. */
  readonly current: Tracer | null;
}

type TracerEvent = { type: 'start' | 'stop'; tracer: Tracer } | Returns;

const isOn = ({ on }: Tracers, event: TracerEvent) =>
  'tracer' in event && on.some(({ name }) => name === event.tracer.name);
const isTaken = ({ on }: Tracers, event: TracerEvent) =>
  'tracer' in event && on.some(({ instance }) => instance === event.tracer.instance);

const toOps = (type: string, key: 'records' | 'order') =>
  emitAll<Tracers, TracerEvent>(({ current }, event) => {
    const { ops, functions } = 'tracer' in event ? event.tracer : current!;
    return [{ type, to: ops, from: 'tracer', [key]: functions }];
  });

/** The tracers of tracefs. Start writes the filter of one, then sets current_tracer; stop does the reverse. */
export const tracer = setup({
  types: { context: {} as Tracers, events: {} as TracerEvent, input: {} as TracersInput },
  guards: {
    'instance has none': ({ context, event }) => !isTaken(context, event),
    'is on': ({ context, event }) => isOn(context, event),
  },
  actions: {
    begin: assign({ current: ({ event }) => ('tracer' in event ? event.tracer : null) }),
    started: assign(({ context: { on, current } }) => ({
      on: [...on, current!].sort((a, b) => (a.name < b.name ? -1 : 1)),
      current: null,
    })),
    stopped: assign(({ context: { on, current } }) => ({
      on: on.filter(({ name }) => name !== current!.name),
      current: null,
    })),
    'set filter': toOps('add', 'records'),
    register: toOps('register', 'order'),
    unregister: toOps('unregister', 'order'),
    'clear filter': toOps('remove', 'records'),
    'say done': emit({ type: 'returns', errno: 0 }),
  },
}).createMachine({
  id: 'tracer',
  context: ({ input: { fillsFreedCode } }) => ({ fillsFreedCode, on: [], current: null }),
  initial: 'rest',
  states: {
    rest: {
      on: {
        start: {
          guard: 'instance has none',
          target: 'setting filter',
          actions: ['begin', 'set filter'],
        },
        stop: { guard: 'is on', target: 'unregistering', actions: ['begin', 'unregister'] },
      },
    },
    'setting filter': { on: { returns: { target: 'registering', actions: 'register' } } },
    registering: { on: { returns: { target: 'rest', actions: ['started', 'say done'] } } },
    unregistering: { on: { returns: { target: 'clearing', actions: 'clear filter' } } },
    clearing: { on: { returns: { target: 'rest', actions: ['stopped', 'say done'] } } },
  },
});
