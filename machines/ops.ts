import { parts } from './ops/parts.js';

/**
 * One `ftrace_ops` with its filter. By default its caller adds a record once, removes only records that the filter
 * has, and never empties a live tracer's filter (it would trace everything). A caller that misuses the API also
 * registers twice, unregisters an idle ops, names another trampoline, names functions that the ops does or does not
 * have, and passes a direct ops to register_ftrace_function(). Where the scope has notrace, the caller also excludes
 * records by notrace entries.
 */
export const ops = parts.createMachine({
  id: 'ops',
  context: ({ input }) => ({
    ...input,
    filter: [],
    notrace: [],
    trampoline: null,
    former: null,
    onSecond: [],
    spoiled: false,
    known: false,
    hollow: false,
    // Elsewhere no call can tell an ops that was never initialized from one with an empty filter.
    initialized: !((input.attributes || input.misuse) && input.kind === 'direct' && !input.isTable),
    hasHash: !((input.attributes || input.misuse) && input.kind === 'ipmodify'),
    permanent: input.permanent ?? false,
    presetsIpmodify: false,
  }),
  initial: 'idle',
  states: {
    idle: {
      on: {
        add: { guard: 'not in filter', actions: ['change filter', 'say done'] },
        remove: [
          { guard: 'only one in filter', actions: ['change filter', 'say empty', 'say done'] },
          { guard: 'in filter', actions: ['change filter', 'say done'] },
        ],
        register: { guard: 'order is of the filter', actions: 'request while idle' },
        unregister: { guard: 'misuse, order is of the filter', actions: 'request while idle' },
        modify: { guard: 'may misuse', actions: 'request while idle' },
        'unregister other': { actions: 'request while idle' },
        'plain register': { guard: 'has a filter', actions: 'request while idle' },
        'plain unregister': { actions: 'request while idle' },
        'direct add': {
          guard: 'not in filter, or may be added twice',
          actions: ['rebuild trampolines', 'request while idle'],
        },
        'direct del': { guard: 'may misuse', actions: 'request while idle' },
        'direct del other': { actions: 'request while idle' },
        'direct mod': {
          guard: 'may misuse',
          actions: ['rebuild trampolines', 'request while idle'],
        },
        notrace: [
          { guard: 'changes notrace', actions: ['change notrace', 'say done'] },
          { guard: 'would change notrace', actions: 'say invalid' },
        ],
        report: [{ guard: 'filter is empty', actions: 'say empty' }, {}],
        'needs regs?': { actions: 'say needs none' },
        'sets ipmodify?': { actions: 'say not mine' },
        'references?': { actions: 'say references none' },
        preset: { guard: 'lacks the attribute', actions: ['set attribute', 'say done'] },
        reset: { guard: 'has other attributes', actions: ['reset attributes', 'say done'] },
        enable: { target: 'enabled', actions: 'start' },
        // A register that fails before it enables the ops.
        disable: { actions: 'stop' },
        renew: { actions: 'be new' },
      },
    },
    enabled: {
      on: {
        add: { guard: 'not in filter, may be edited', actions: 'request while enabled' },
        remove: {
          guard: 'in filter, may be edited, not the last of a tracer',
          actions: 'request while enabled',
        },
        register: { guard: 'misuse, order is of the filter', actions: 'request while enabled' },
        unregister: { guard: 'order is of the filter', actions: 'request while enabled' },
        'unregister other': { actions: 'request while enabled' },
        'plain register': { actions: 'request while enabled' },
        'plain unregister': { actions: 'request while enabled' },
        notrace: { guard: 'would change notrace', actions: 'request while enabled' },
        modify: { actions: 'request while enabled' },
        'direct add': {
          guard: 'not in filter, or may be added twice',
          actions: ['rebuild trampolines', 'request while enabled'],
        },
        'direct del': { guard: 'in filter, or misuse', actions: 'request while enabled' },
        'direct del other': { actions: 'request while enabled' },
        'direct mod': {
          guard: 'in filter, or misuse',
          actions: ['rebuild trampolines', 'request while enabled'],
        },
        report: {},
        refilter: [
          { guard: 'has an owner', actions: ['tell owners', 'change filter'] },
          { actions: 'change filter' },
        ],
        retarget: { actions: 'other trampoline' },
        'drop func': { actions: 'be hollow' },
        'leave first': { actions: 'request while enabled' },
        // The filter has the record already, or has it no more: nothing changes.
        'own add': [{ guard: 'not in filter', actions: 'request while enabled' }, {}],
        'own remove': [{ guard: 'in filter', actions: 'request while enabled' }, {}],
        'covers?': [
          { guard: 'ends the walk', actions: 'say end' },
          { guard: 'is direct and reaches record', actions: 'say covers' },
          { actions: 'say does not cover' },
        ],
        'needs regs?': [
          { guard: 'needs regs there', actions: 'say needs regs' },
          { actions: 'say needs none' },
        ],
        'references?': [
          { guard: 'references it', actions: 'say references' },
          { actions: 'say references none' },
        ],
        'reaches?': { actions: 'say reach' },
        'sets ipmodify?': [
          { guard: 'sets ipmodify there', actions: 'say mine' },
          { actions: 'say not mine' },
        ],
        disable: [
          {
            guard: 'goes for good and has an owner',
            target: 'idle',
            actions: ['tell owners', 'stop', 'unmark'],
          },
          { target: 'idle', actions: 'stop' },
        ],
      },
    },
  },
  on: {
    remove: { guard: 'may remove what is absent', actions: 'say no entry' },
    SELF: [{ guard: 'has nobody to ask', actions: 'say nobody' }, { actions: 'ask owner' }],
    PEER: [{ guard: 'has nobody to ask', actions: 'say nobody' }, { actions: 'ask owner' }],
    DISABLE: [{ guard: 'has nobody to ask', actions: 'say nobody' }, { actions: 'ask owner' }],
    'shares?': [
      { guard: 'is marked', actions: 'say yes' },
      { guard: 'has an owner that never marks it', actions: 'say not marked' },
      { actions: 'ask owner' },
    ],
    'table call returned': { actions: 'settle trampolines' },
    script: { actions: 'say done' },
    mark: [{ guard: 'knows marks', actions: 'mark' }, {}],
  },
});
