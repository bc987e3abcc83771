import { assign, emit, setup } from 'xstate';
import { emitAll } from '../../emitAll.js';
import type { Returns } from '../client.js';

/** A sample module, with the function that its direct ops is on. */
export interface Sample {
  readonly name: string;
  readonly record: number;
}

export interface Samples {
  /** Those that are loaded, by name. */
  readonly loaded: readonly Sample[];
  /** The one that is being loaded or unloaded. */
  readonly current: Sample | null;
  /** The errno of a load that failed; else 0. */
  readonly errno: number;
}

type SampleEvent = { type: 'load' | 'unload'; sample: Sample } | Returns;

/** The direct ops of a sample module. */
export const sampleOps = ({ name }: Sample): string => `${name}_ops`;

const isLoaded = ({ loaded }: Samples, event: SampleEvent) =>
  'sample' in event && loaded.some(({ name }) => name === event.sample.name);

const toOps = (type: string, key?: 'records' | 'order') =>
  emitAll<Samples, SampleEvent>(({ current }) => [
    { type, to: sampleOps(current!), from: 'sample', ...(key && { [key]: [current!.record] }) },
  ]);

/** Modules with a direct ops and without ops_func, as those in samples/ftrace. Each load has a new ops. */
export const sample = setup({
  types: { context: {} as Samples, events: {} as SampleEvent },
  guards: {
    'is loaded': ({ context, event }) => isLoaded(context, event),
    'is not loaded': ({ context, event }) => !isLoaded(context, event),
    failed: ({ event }) => event.type === 'returns' && event.errno < 0,
  },
  actions: {
    begin: assign({ current: ({ event }) => ('sample' in event ? event.sample : null) }),
    'set filter': toOps('add', 'records'),
    register: toOps('register', 'order'),
    unregister: toOps('unregister', 'order'),
    'ops is gone': toOps('renew'),
    loaded: assign(({ context: { loaded, current } }) => ({
      loaded: [...loaded, current!].sort((a, b) => (a.name < b.name ? -1 : 1)),
    })),
    unloaded: assign(({ context: { loaded, current } }) => ({
      loaded: loaded.filter(({ name }) => name !== current!.name),
    })),
    'note errno': assign({ errno: ({ event }) => (event.type === 'returns' ? event.errno : 0) }),
    end: assign({ current: null, errno: 0 }),
    'say errno': emit(({ context }) => ({ type: 'returns', errno: context.errno })),
  },
}).createMachine({
  id: 'sample',
  context: { loaded: [], current: null, errno: 0 },
  initial: 'rest',
  states: {
    rest: {
      on: {
        load: {
          guard: 'is not loaded',
          target: 'setting filter',
          actions: ['begin', 'set filter'],
        },
        unload: { guard: 'is loaded', target: 'unregistering', actions: ['begin', 'unregister'] },
      },
    },
    'setting filter': { on: { returns: { target: 'registering', actions: 'register' } } },
    registering: {
      on: {
        returns: [
          { guard: 'failed', target: 'done', actions: ['note errno', 'ops is gone'] },
          { target: 'done', actions: 'loaded' },
        ],
      },
    },
    unregistering: { on: { returns: { target: 'done', actions: ['ops is gone', 'unloaded'] } } },
    done: { always: { target: 'rest', actions: ['say errno', 'end'] } },
  },
});
