import { assign, emit, setup } from 'xstate';
import { emitAll } from '../../emitAll.js';
import { MODULE_FUNCTION, type Returns } from '../client.js';

interface ModuleInput {
  /** The clients that learn of the module, in the order in which they learn that it comes. */
  readonly users: readonly string[];
}

interface Module extends ModuleInput {
  /** The clients that still have to learn that it comes or goes. */
  readonly left: readonly string[];
  /** The errno of a client that refused the module; else 0. */
  readonly errno: number;
  /** The kprobe core failed to disarm the function, so its address is still in a filter. */
  readonly isStale: boolean;
}

type ModuleEvent = { type: 'load module' | 'unload module' } | Returns;

const failed = ({ event }: { event: ModuleEvent }) => event.type === 'returns' && event.errno < 0;

const tell = (type: 'module coming' | 'module going', to?: string) =>
  emitAll<Module, ModuleEvent>(({ left }) => [
    { type, to: to ?? left[0]!, from: 'module', records: [MODULE_FUNCTION] },
  ]);

/**
 * A module, kernel/module/main.c. load_module() calls ftrace_module_enable(), klp_module_coming() and the notifiers;
 * delete_module() calls the notifiers, klp_module_going() and ftrace_release_mod(). A module with an address in a stale
 * filter is not loaded again: its next address would decide the outcome.
 */
export const module = setup({
  types: { context: {} as Module, events: {} as ModuleEvent, input: {} as ModuleInput },
  guards: {
    failed,
    'all learned': ({ context: { left } }) => left.length === 0,
    'is stale': ({ context: { isStale } }) => isStale,
  },
  actions: {
    'begin to come': assign({ left: ({ context: { users } }) => users }),
    'begin to go': assign({ left: ({ context: { users } }) => users.toReversed() }),
    'tell ftrace that it comes': tell('module coming', 'ftrace'),
    'tell ftrace that it goes': tell('module going', 'ftrace'),
    'tell the next that it comes': tell('module coming'),
    'tell the next that it goes': tell('module going'),
    'go on': assign({ left: ({ context: { left } }) => left.slice(1) }),
    'note errno': assign({ errno: ({ event }) => (event.type === 'returns' ? event.errno : 0) }),
    'become stale': assign({ isStale: true }),
    forget: assign({ left: [], errno: 0 }),
    'say errno': emit(({ context }) => ({ type: 'returns', errno: context.errno })),
  },
}).createMachine({
  id: 'module',
  context: ({ input: { users } }) => ({ users, left: [], errno: 0, isStale: false }),
  initial: 'out',
  states: {
    out: {
      on: {
        'load module': {
          target: 'entering ftrace',
          actions: ['begin to come', 'tell ftrace that it comes'],
        },
      },
    },
    'entering ftrace': { on: { returns: 'coming' } },
    coming: {
      always: [
        { guard: 'all learned', target: 'in', actions: ['say errno', 'forget'] },
        { target: 'telling that it comes', actions: 'tell the next that it comes' },
      ],
    },
    'telling that it comes': {
      on: {
        returns: [
          {
            guard: 'failed',
            target: 'leaving ftrace',
            actions: ['note errno', 'tell ftrace that it goes'],
          },
          { target: 'coming', actions: 'go on' },
        ],
      },
    },

    in: { on: { 'unload module': { target: 'going', actions: 'begin to go' } } },
    going: {
      always: [
        { guard: 'all learned', target: 'leaving ftrace', actions: 'tell ftrace that it goes' },
        { target: 'telling that it goes', actions: 'tell the next that it goes' },
      ],
    },
    'telling that it goes': {
      on: {
        returns: [
          { guard: 'failed', target: 'going', actions: ['become stale', 'go on'] },
          { target: 'going', actions: 'go on' },
        ],
      },
    },
    'leaving ftrace': {
      on: {
        returns: [
          { guard: 'is stale', target: 'out for good', actions: ['say errno', 'forget'] },
          { target: 'out', actions: ['say errno', 'forget'] },
        ],
      },
    },
    'out for good': {},
  },
});
