import { rest } from './ftrace/call.js';
import { parts } from './ftrace/parts.js';

/**
 * One call after the other, as kernel/trace/ftrace.c runs it under its locks: a state for every
 * place where it waits for an answer, and for every step that others can see.
 */
export const ftrace = parts.createMachine({
  id: 'ftrace',
  context: ({ input }) => ({ ...input, ...rest }),
  initial: 'rest',
  states: {
    rest: {
      on: {
        request: [
          { guard: 'is spoiled', target: 'answering', actions: ['take call', 'fail invalid'] },
          { guard: 'registers direct', target: 'checking slots', actions: 'take call' },
          { guard: 'registers ipmodify, asks before', target: 'preparing', actions: 'take call' },
          { guard: 'registers', target: 'starting', actions: 'take call' },
          { guard: 'unregisters', target: 'stopping', actions: 'take call' },
          {
            guard: 'filter becomes empty',
            target: 'answering',
            actions: ['take call', 'fail invalid'],
          },
          { guard: 'refilters', target: 'claiming', actions: 'take call' },
          { target: 'stub coming', actions: 'take call' },
        ],
      },
    },

    // register_ftrace_direct(): a function has room for one trampoline
    'checking slots': {
      always: [
        { guard: 'all slots looked at', target: 'starting', actions: 'insert entries' },
        { target: 'looking at slot', actions: 'look at slot' },
      ],
    },
    'looking at slot': {
      on: {
        taken: { target: 'answering', actions: 'fail busy' },
        free: { target: 'checking slots', actions: 'go on' },
      },
    },

    // prepare_direct_functions_for_ipmodify(): nothing is undone when a later owner refuses
    preparing: {
      always: [
        { guard: 'all of the order walked', target: 'starting' },
        { target: 'finding peer', actions: 'find direct ops in order' },
      ],
    },
    'finding peer': {
      on: {
        none: { target: 'preparing', actions: 'go on' },
        found: { target: 'asking peer', actions: 'ask PEER' },
      },
    },
    'asking peer': {
      on: {
        answer: [
          { guard: 'says no', target: 'answering', actions: 'fail as answered' },
          { target: 'preparing', actions: 'go on' },
        ],
      },
    },

    // ftrace_startup()
    starting: { always: { target: 'claiming', actions: ['begin walk', 'enable ops'] } },

    // __ftrace_hash_update_ipmodify()
    claiming: {
      always: [
        { guard: 'all claimed', target: 'claimed' },
        { target: 'looking at record', actions: 'look at record' },
      ],
    },
    'looking at record': {
      on: {
        flags: [
          {
            guard: 'ipmodify meets ipmodify',
            target: 'failing',
            actions: ['fail busy', 'roll back ipmodify'],
          },
          {
            guard: 'ipmodify meets direct, asks here',
            target: 'finding owner',
            actions: 'find direct ops',
          },
          { guard: 'sets ipmodify', target: 'claiming', actions: ['set ipmodify', 'go on'] },
          {
            guard: 'direct meets direct and ipmodify',
            target: 'asking self',
            actions: ['warn', 'killed', 'ask SELF'],
          },
          { guard: 'direct meets ipmodify, asks', target: 'asking self', actions: 'ask SELF' },
          { target: 'claiming', actions: 'go on' },
        ],
      },
    },
    'finding owner': {
      on: {
        none: { target: 'claiming', actions: ['set ipmodify', 'go on'] },
        found: { target: 'asking owner', actions: 'ask PEER' },
      },
    },
    'asking owner': {
      on: {
        answer: [
          {
            guard: 'says no',
            target: 'failing',
            actions: ['fail as answered', 'roll back ipmodify'],
          },
          { target: 'claiming', actions: ['set ipmodify', 'go on'] },
        ],
      },
    },
    'asking self': {
      on: {
        answer: [
          { guard: 'says no', target: 'failing', actions: 'fail as answered' },
          { target: 'claiming', actions: 'go on' },
        ],
      },
    },
    failing: {
      always: [
        {
          guard: 'in register',
          target: 'answering',
          actions: ['take off list', 'undo enable', 'delete entries'],
        },
        { guard: 'in refilter', target: 'answering' },
        { target: 'stub going' },
      ],
    },
    claimed: {
      always: [
        { guard: 'in register', target: 'attaching' },
        { guard: 'in refilter, killed', target: 'answering' },
        { guard: 'in refilter', target: 'detaching', actions: ['begin walk', 'clear ipmodify'] },
        { target: 'stub going', actions: 'change entries' },
      ],
    },

    // ftrace_shutdown()
    stopping: { always: { target: 'detaching', actions: ['take off list', 'clear ipmodify'] } },

    // __ftrace_hash_rec_update(), off: does anybody else on the record need regs? A filter change
    // walks the list while the ops itself still stands in it with its old filter, and so keeps R.
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
          guard: 'is the ops that goes',
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
        { guard: 'in refilter', target: 'attaching', actions: 'change filter' },
        { target: 'patching', actions: 'begin walk' },
      ],
    },

    // __ftrace_hash_rec_update(), on
    attaching: { always: { target: 'patching', actions: ['attach records', 'begin walk'] } },

    // ftrace_replace_code()
    patching: {
      always: [
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
        { guard: 'killed', target: 'answering' },
        { guard: 'stub is on', target: 'claiming', actions: 'begin walk' },
        { target: 'answering' },
      ],
    },
    // __modify_ftrace_direct(): a stub ops shares the filter while the address is changed
    'stub coming': { always: { target: 'attaching', actions: 'stub on' } },
    'stub going': { always: { target: 'detaching', actions: ['stub off', 'begin walk'] } },

    // unregister_ftrace_direct(), cleanup_direct_functions_after_ipmodify(): answers are ignored
    unregistered: {
      always: [
        { guard: 'tells owners', target: 'cleaning up', actions: 'begin walk' },
        { target: 'answering', actions: 'delete entries' },
      ],
    },
    'cleaning up': {
      always: [
        { guard: 'all of the order walked', target: 'answering' },
        { target: 'finding sharer', actions: 'find direct ops in order' },
      ],
    },
    'finding sharer': {
      on: {
        none: { target: 'cleaning up', actions: 'go on' },
        found: { target: 'telling sharer', actions: 'tell DISABLE' },
      },
    },
    'telling sharer': { on: { answer: { target: 'cleaning up', actions: 'go on' } } },

    answering: {
      always: [
        { guard: 'killed', target: 'dead', actions: ['answer', 'say dead', 'forget call'] },
        { target: 'rest', actions: ['answer', 'forget call'] },
      ],
    },
    /** ftrace_kill() was called: nothing works any more until the next boot. */
    dead: {},
  },
});
