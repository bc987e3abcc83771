import { emit, setup } from 'xstate';
import type { Returns } from '../client.js';

export const TRACER_OPS = 'global_ops';

interface TracerInput {
  /** The functions in set_ftrace_filter. */
  readonly functions: readonly number[];
}

type TracerEvent = { type: 'start' | 'stop' } | Returns;

/** The function tracer of tracefs. Start writes its filter, then sets current_tracer; stop does the reverse. */
export const tracer = setup({
  types: { context: {} as TracerInput, events: {} as TracerEvent, input: {} as TracerInput },
  actions: {
    'set filter': emit(({ context }) => ({
      type: 'add',
      to: TRACER_OPS,
      from: 'tracer',
      records: context.functions,
    })),
    register: emit(({ context }) => ({
      type: 'register',
      to: TRACER_OPS,
      from: 'tracer',
      order: context.functions,
    })),
    unregister: emit(({ context }) => ({
      type: 'unregister',
      to: TRACER_OPS,
      from: 'tracer',
      order: context.functions,
    })),
    'clear filter': emit(({ context }) => ({
      type: 'remove',
      to: TRACER_OPS,
      from: 'tracer',
      records: context.functions,
    })),
    'say done': emit({ type: 'returns', errno: 0 }),
  },
}).createMachine({
  id: 'tracer',
  context: ({ input }) => input,
  initial: 'off',
  states: {
    off: { on: { start: { target: 'setting filter', actions: 'set filter' } } },
    'setting filter': { on: { returns: { target: 'registering', actions: 'register' } } },
    registering: { on: { returns: { target: 'on', actions: 'say done' } } },
    on: { on: { stop: { target: 'unregistering', actions: 'unregister' } } },
    unregistering: { on: { returns: { target: 'clearing', actions: 'clear filter' } } },
    clearing: { on: { returns: { target: 'off', actions: 'say done' } } },
  },
});
