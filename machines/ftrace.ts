import { rest } from './ftrace/call.js';
import { parts } from './ftrace/parts.js';

/** During PEER and DISABLE an owner may change its own ops: its trampoline, or its filter. */
const inside = [
  { guard: 'modifies', target: 'stub coming', actions: 'take call inside' },
  {
    guard: 'filter becomes empty',
    target: 'answering',
    actions: ['take call inside', 'fail invalid'],
  },
  { target: 'claiming', actions: 'take call inside' },
] as const;

/** The checks at the head of each call, and what it does first. */
const entry = [
  { guard: 'unregisters direct, without a hash', target: 'crashed' },
  {
    guard: 'is no direct ops in the state for it',
    target: 'answering',
    actions: ['take call', 'fail invalid'],
  },
  { guard: 'asks before, without a hash', target: 'crashed' },
  { guard: 'fills the table', target: 'checking slots', actions: 'take call' },
  { guard: 'deletes from the table', target: 'checking entries', actions: 'take call' },
  { guard: 'asks before', target: 'preparing', actions: 'take call' },
  { guard: 'registers', target: 'starting', actions: 'take call' },
  { guard: 'unregisters', target: 'stopping', actions: 'take call' },
  {
    guard: 'filter becomes empty',
    target: 'answering',
    actions: ['take call', 'fail invalid'],
  },
  { guard: 'refilters', target: 'claiming', actions: 'take call' },
  {
    guard: 'hides records of ipmodify',
    target: 'answering',
    actions: ['take call', 'fail invalid'],
  },
  { guard: 'renotraces', target: 'detaching', actions: 'take call' },
  { target: 'stub coming', actions: 'take call' },
] as const;

/**
 * Executes one call after the other, as kernel/trace/ftrace.c does under its locks. It has a state for every point
 * where it waits for an answer, and for every step that other components can observe.
 */
export const ftrace = parts.createMachine({
  id: 'ftrace',
  context: ({ input }) => ({ ...input, ...rest, suspendedCall: null, sysctlOff: false }),
  initial: 'rest',
  states: {
    rest: {
      on: {
        begin: 'called',
        request: entry,
        // ftrace_module_enable()
        'module coming': {
          target: 'referencing',
          actions: ['take module', 'records come'],
        },
        // ftrace_release_mod()
        'module going': { target: 'answering', actions: ['take module', 'records go'] },
        // ftrace_enable_sysctl()
        ftrace_enabled: [
          { guard: 'may not switch off', target: 'answering', actions: 'fail unsupported' },
          { guard: 'switches off', target: 'asking for PERMANENT', actions: 'ask for PERMANENT' },
          { guard: 'switches on', target: 'switching', actions: 'turn on' },
        ],
      },
    },

    /** One of several callers makes a call. The ops sends it, or answers it alone. */
    called: {
      on: {
        request: [
          ...entry.slice(0, 2),
          {
            guard: 'holds a lock',
            target: 'before direct_mutex',
            actions: ['take call', 'say stopped'],
          },
          ...entry,
        ],
        settle: 'rest',
      },
    },
    /** The caller holds a lock of the owner and waits for direct_mutex. */
    'before direct_mutex': {
      on: { 'go on': { target: 'entering', actions: 'repeat request' } },
    },
    entering: { on: { request: entry } },

    // register_ftrace_direct(), update_ftrace_direct_add(): a function takes one trampoline
    'checking slots': {
      always: [
        { guard: 'all entries looked at', target: 'prepared', actions: 'insert entries' },
        { target: 'looking at slot', actions: 'look at slot' },
      ],
    },
    'looking at slot': {
      on: {
        taken: [
          { guard: 'adds to the table', target: 'answering', actions: 'fail invalid' },
          { target: 'answering', actions: 'fail busy' },
        ],
        free: { target: 'checking slots', actions: 'go on' },
      },
    },

    // update_ftrace_direct_del(): all or nothing. hash_sub() WARNs about functions that the filter does not have.
    'checking entries': {
      always: [
        {
          guard: 'all entries looked at, some outside the filter',
          target: 'answering',
          actions: ['warn', 'fail no memory'],
        },
        {
          guard: 'all entries looked at, in unregister',
          target: 'stopping',
          actions: 'begin walk',
        },
        { guard: 'all entries looked at', target: 'claiming', actions: 'begin walk' },
        { target: 'looking at entry', actions: 'look at entry' },
      ],
    },
    'looking at entry': {
      on: {
        'other trampoline': { target: 'answering', actions: 'fail invalid' },
        'this trampoline': { target: 'checking entries', actions: 'go on' },
      },
    },

    // prepare_direct_functions_for_ipmodify(): nothing is undone when a later owner refuses
    preparing: {
      always: [
        { guard: 'all prepared', target: 'prepared' },
        {
          guard: 'looks before asking',
          target: 'looking before asking',
          actions: 'look before asking',
        },
        { target: 'finding peer', actions: 'find peer' },
      ],
    },
    'looking before asking': {
      on: {
        flags: [
          { guard: 'has ipmodify', target: 'ending', actions: 'fail busy' },
          { guard: 'is not direct', target: 'preparing', actions: 'go on' },
          { target: 'finding peer', actions: 'find peer' },
        ],
      },
    },
    'finding peer': {
      on: {
        none: { target: 'preparing', actions: 'go on' },
        found: { target: 'asking peer', actions: 'ask peer' },
      },
    },
    'asking peer': {
      on: {
        answer: [
          {
            guard: 'is busy, so the call waits',
            target: 'before asking again',
            actions: 'say waiting',
          },
          { guard: 'says no', target: 'ending', actions: 'fail as answered' },
          // prepare returns a positive answer as it is, and its caller takes that for success.
          { guard: 'says neither yes nor no', target: 'prepared' },
          {
            guard: 'asks others yet',
            target: 'before next question',
            actions: ['note agreement', 'go on', 'stand with direct_mutex'],
          },
          { target: 'preparing', actions: ['note agreement', 'go on'] },
        ],
        'waits for lock': { target: 'waiting for owner', actions: 'say blocked' },
        request: inside,
      },
    },
    /** The call holds direct_mutex, and waits for ftrace_lock to find the next direct ops. */
    'before next question': {
      on: { 'go on': { target: 'preparing', actions: 'release direct_mutex' } },
    },
    'before asking again': { on: { 'go on': { target: 'preparing', actions: 'ask all again' } } },
    prepared: {
      always: [
        { guard: 'in register', target: 'starting' },
        { target: 'claiming', actions: 'begin walk' },
      ],
    },

    // ftrace_startup()
    starting: {
      always: [
        { guard: 'already enabled', target: 'ending', actions: ['warn', 'fail busy'] },
        // __register_ftrace_function()
        {
          guard: 'is PERMANENT while ftrace is off',
          target: 'ending',
          actions: ['fail busy', 'undo enable', 'delete entries after failure'],
        },
        { target: 'claiming', actions: ['begin walk', 'enable ops'] },
      ],
    },

    // __ftrace_hash_update_ipmodify()
    claiming: {
      always: [
        { guard: 'registers for all functions', target: 'failing', actions: 'fail invalid' },
        { guard: 'all claimed', target: 'claimed' },
        { target: 'looking at record', actions: 'look at record' },
      ],
    },
    'looking at record': {
      on: {
        flags: [
          {
            guard: 'ipmodify meets ipmodify, asks whose it is',
            target: 'asking whose it is',
          },
          {
            guard: 'ipmodify meets ipmodify',
            target: 'failing',
            actions: ['fail busy', 'roll back ipmodify'],
          },
          {
            guard: 'ipmodify meets direct, asks here',
            target: 'finding owner',
            actions: 'find owner',
          },
          {
            guard: 'direct meets direct and ipmodify',
            target: 'asking self',
            actions: ['warn', 'ftraceDisabled', 'ask SELF'],
          },
          { guard: 'direct meets ipmodify, asks', target: 'asking self', actions: 'ask SELF' },
          {
            guard: 'direct meets ipmodify, needs SHARE',
            target: 'asking self',
            actions: 'ask for SHARE',
          },
          { guard: 'sets ipmodify', target: 'claiming', actions: ['set ipmodify', 'go on'] },
          { target: 'claiming', actions: 'go on' },
        ],
      },
    },
    // I may belong to a direct ops or to an IPMODIFY ops. Only a walk over all ops distinguishes them.
    'asking whose it is': {
      always: [
        { guard: 'all ops asked', target: 'finding owner', actions: 'find owner' },
        {
          guard: 'is the ops of the call',
          target: 'asking whose it is',
          actions: 'next ops',
          reenter: true,
        },
        { target: 'waiting whose it is', actions: 'ask whether it sets ipmodify' },
      ],
    },
    'waiting whose it is': {
      on: {
        mine: { target: 'failing', actions: ['fail busy', 'roll back ipmodify'] },
        'not mine': { target: 'asking whose it is', actions: 'next ops' },
      },
    },
    'finding owner': {
      on: {
        none: { target: 'claiming', actions: ['set ipmodify', 'go on'] },
        found: { target: 'asking owner', actions: 'ask owner' },
      },
    },
    'asking owner': {
      on: {
        answer: [
          {
            guard: 'says anything but 0',
            target: 'failing',
            actions: ['fail as answered', 'roll back ipmodify'],
          },
          { target: 'claiming', actions: ['note agreement', 'set ipmodify', 'go on'] },
        ],
        'waits for lock': { target: 'waiting for owner', actions: ['say blocked', 'stop others'] },
      },
    },
    'asking self': {
      on: {
        answer: [
          // Register and filter changes check for a negative answer only.
          { guard: 'says neither yes nor no', target: 'claimed' },
          {
            guard: 'says anything but 0',
            target: 'failing',
            actions: ['fail as answered', 'roll back ipmodify'],
          },
          {
            guard: 'sets ipmodify',
            target: 'claiming',
            actions: ['note agreement', 'set ipmodify', 'go on'],
          },
          { target: 'claiming', actions: ['note agreement', 'go on'] },
        ],
      },
    },
    failing: {
      always: [
        {
          guard: 'in register',
          target: 'ending',
          actions: ['take off list', 'undo enable', 'delete entries after failure'],
        },
        { guard: 'in refilter', target: 'ending', actions: 'restore table' },
        { target: 'stub going' },
      ],
    },
    claimed: {
      always: [
        { guard: 'in register, killed', target: 'answering', actions: 'fail no device' },
        { guard: 'in register', target: 'attaching' },
        { guard: 'in refilter, killed', target: 'answering' },
        { guard: 'in refilter', target: 'detaching', actions: ['begin walk', 'clear ipmodify'] },
        { target: 'stub going', actions: 'change entries' },
      ],
    },

    // ftrace_shutdown()
    stopping: {
      always: [
        { guard: 'is not enabled', target: 'ending', actions: ['warn', 'fail busy'] },
        { target: 'detaching', actions: ['take off list', 'clear ipmodify'] },
      ],
    },

    // __ftrace_hash_rec_update(), off: checks whether another ops on the record needs regs. A filter change walks the
    // list while the ops itself is still on it with its old filter, and so keeps R.
    detaching: {
      always: [
        { guard: 'all detached', target: 'detached' },
        { target: 'detaching record', actions: 'detach record' },
      ],
    },
    'detaching record': {
      on: {
        detached: [
          { guard: 'regs may go', target: 'asking about regs' },
          { target: 'detaching', actions: 'go on' },
        ],
      },
    },
    'asking about regs': {
      always: [
        { guard: 'all ops asked', target: 'detaching', actions: ['drop regs', 'go on'] },
        {
          guard: 'is the ops of the call',
          target: 'asking about regs',
          actions: 'next ops',
          reenter: true,
        },
        { target: 'waiting about regs', actions: 'ask whether regs are needed' },
      ],
    },
    'waiting about regs': {
      on: {
        'needs regs': { target: 'detaching', actions: 'go on' },
        'needs none': { target: 'asking about regs', actions: 'next ops' },
      },
    },
    detached: {
      always: [
        { guard: 'in unregister', target: 'patching', actions: ['begin walk', 'disable ops'] },
        { guard: 'changes a filter', target: 'attaching', actions: 'change filter' },
        { target: 'patching', actions: 'begin walk' },
      ],
    },

    // __ftrace_hash_rec_update(), on
    attaching: { always: { target: 'patching', actions: ['attach records', 'begin walk'] } },

    // ftrace_replace_code()
    patching: {
      always: [
        { guard: 'is off, leaves the text', target: 'patched' },
        { guard: 'all patched', target: 'patched' },
        { target: 'patching record', actions: 'patch record' },
      ],
    },
    'patching record': {
      on: {
        patched: { target: 'patching', actions: 'go on' },
        bug: { target: 'patched', actions: ['warn', 'fail no device'] },
      },
    },
    patched: {
      always: [
        { guard: 'in unregister', target: 'unregistered' },
        { guard: 'ftraceDisabled', target: 'answering' },
        { guard: 'stub is on', target: 'claiming', actions: 'begin walk' },
        { target: 'ending' },
      ],
    },
    // __modify_ftrace_direct(): a stub ops shares the filter while the address changes
    'stub coming': { always: { target: 'attaching', actions: 'stub on' } },
    'stub going': { always: { target: 'detaching', actions: ['stub off', 'begin walk'] } },

    // Sanity check of ftrace_shutdown(): once the last ops is gone, no record has a flag
    unregistered: {
      always: [
        { guard: 'is off', target: 'ending' },
        { guard: 'ftraceDisabled', target: 'ending' },
        { target: 'asking the list', actions: ['ask list', 'begin walk'] },
      ],
    },
    'asking the list': {
      on: { 'others are left': 'ending', 'nobody is left': 'checking flags' },
    },
    'checking flags': {
      always: [
        { guard: 'all switched', target: 'ending' },
        { target: 'looking at flags', actions: 'look at all records' },
      ],
    },
    'looking at flags': {
      on: {
        flags: [
          { guard: 'has any flag', target: 'ending', actions: ['warn', 'ftraceDisabled'] },
          { target: 'checking flags', actions: 'go on' },
        ],
      },
    },

    // cleanup_direct_functions_after_ipmodify() ignores the answers
    ending: {
      always: [
        { guard: 'tells owners, without a hash', target: 'crashed' },
        { guard: 'tells owners later', target: 'before cleanup', actions: 'say stopped' },
        { guard: 'tells owners', target: 'cleaning up', actions: 'begin walk' },
        { target: 'answering', actions: 'delete entries of removed records' },
      ],
    },
    /** Between ftrace_lock and direct_mutex, unregister holds no lock. */
    'before cleanup': {
      on: { 'go on': { target: 'cleaning up', actions: 'begin walk' } },
    },
    'cleaning up': {
      always: [
        { guard: 'all told', target: 'answering' },
        { guard: 'tells itself', target: 'telling sharer', actions: 'tell own owner' },
        { target: 'finding sharer', actions: 'find sharer' },
      ],
    },
    'finding sharer': {
      on: {
        none: { target: 'cleaning up', actions: 'go on' },
        found: [
          {
            guard: 'tells the last only',
            target: 'asking what it reaches',
            actions: 'ask what it reaches',
          },
          { target: 'telling sharer', actions: 'tell sharer' },
        ],
      },
    },
    'asking what it reaches': {
      on: { reaches: { target: 'looking for others', actions: 'note peer' } },
    },
    'looking for others': {
      always: [
        { guard: 'all of the peer looked at', target: 'telling sharer', actions: 'tell peer' },
        { target: 'waiting for others', actions: 'look at what the peer reaches' },
      ],
    },
    'waiting for others': {
      on: {
        flags: [
          { guard: 'has ipmodify', target: 'cleaning up', actions: 'go on' },
          { target: 'looking for others', actions: 'next ops' },
        ],
      },
    },
    'telling sharer': {
      on: {
        answer: [
          {
            guard: 'is busy, so the call waits',
            target: 'before telling again',
            actions: 'say waiting',
          },
          {
            guard: 'tells others yet',
            target: 'before next command',
            actions: ['go on', 'stand with direct_mutex'],
          },
          { target: 'cleaning up', actions: 'go on' },
        ],
        'waits for lock': { target: 'waiting for owner', actions: 'say blocked' },
        // The owner builds another trampoline, which need not share, or changes its filter.
        request: inside,
      },
    },

    /** The call holds direct_mutex, and waits for ftrace_lock to find the next direct ops. */
    'before next command': {
      on: { 'go on': { target: 'cleaning up', actions: 'release direct_mutex' } },
    },
    'before telling again': { on: { 'go on': 'cleaning up' } },

    // referenced_filters()
    referencing: {
      always: [
        { guard: 'all ops asked', target: 'patching', actions: 'begin walk' },
        { target: 'asking for a reference', actions: 'ask for a reference' },
      ],
    },
    'asking for a reference': {
      on: {
        references: { target: 'referencing', actions: ['attach referenced', 'next ops'] },
        'references none': { target: 'referencing', actions: 'next ops' },
      },
    },

    // is_permanent_ops_registered()
    'asking for PERMANENT': {
      on: {
        PERMANENT: { target: 'answering', actions: 'fail busy' },
        'none PERMANENT': { target: 'switching', actions: 'turn off' },
      },
    },
    // ftrace_startup_sysctl(), ftrace_shutdown_sysctl()
    switching: {
      always: [
        { guard: 'all switched', target: 'answering', actions: 'tell other callers' },
        { target: 'switching record', actions: 'switch record' },
      ],
    },
    'switching record': {
      on: {
        patched: { target: 'switching', actions: 'go on' },
        bug: { target: 'answering', actions: ['warn', 'ftraceDisabled'] },
      },
    },

    answering: {
      always: [
        {
          guard: 'is inside unregister',
          target: 'telling sharer',
          actions: ['answer', 'go back outside'],
        },
        {
          guard: 'is inside another call',
          target: 'asking peer',
          actions: ['answer', 'go back outside'],
        },
        { guard: 'ftraceDisabled', target: 'dead', actions: ['answer', 'say dead', 'forget call'] },
        { target: 'rest', actions: ['answer', 'forget call'] },
      ],
    },
    /**
     * The call holds direct_mutex and waits for the lock of an owner. A call of that owner holds it, and waits for
     * direct_mutex: neither goes on.
     */
    'waiting for owner': {},
    /** A call that waits for an owner holds ftrace_lock, which every call needs. */
    'waiting for ftrace_lock': {},
    /** The kernel read through a NULL pointer while it held direct_mutex: the call does not return. */
    crashed: {},
    /** ftrace_kill() was called: nothing works until the next boot. */
    dead: {},
  },
  on: {
    // The call has ended, or stands between two of its segments.
    settle: {},
    'is elsewhere': { guard: 'is elsewhere' },
    stop: '.waiting for ftrace_lock',
    'ftrace_enabled is': { actions: 'note ftrace_enabled' },
  },
});
