import { assign, setup } from 'xstate';
import { emitAll } from '../emitAll.js';
import { type Answer, ownerOf } from '../events.js';
import { type PendingCall, reply } from '../replies.js';

interface Scripted {
  /** The answers to the next commands, in order. */
  readonly script: readonly Answer[];
}

type ScriptedEvent = PendingCall | { readonly type: 'script'; readonly script: readonly Answer[] };

const next = ({ script }: Scripted): Answer => script[0] ?? { errno: 0 };

/**
 * An owner whose caller told it beforehand how to answer its next commands; after those it answers 0. It may first make
 * a call on its own ops, during PEER and DISABLE: a caller that sends SELF can hold ftrace_lock, which such a call
 * needs. It is sharing after it answered 0 to SELF or PEER, until it answers 0 to DISABLE or is `detached`.
 */
export const scripted = setup({
  types: { context: {} as Scripted, events: {} as ScriptedEvent },
  guards: {
    'answers 0': ({ context }) => next(context).errno === 0,
    'has no script': ({ context }) => context.script.length === 0,
  },
  actions: {
    'take script': assign({ script: ({ event }) => (event.type === 'script' ? event.script : []) }),
    act: emitAll<Scripted, ScriptedEvent>((context, event) => {
      const { does } = next(context);
      return does === undefined || event.type === 'script'
        ? []
        : [{ ...does, to: event.ops, from: ownerOf(event.ops, event.record), by: event.from }];
    }),
    answer: emitAll<Scripted, ScriptedEvent>((context, event) =>
      event.type === 'script' ? [] : reply(event, next(context).errno),
    ),
    'go on': assign({ script: ({ context }) => context.script.slice(1) }),
  },
}).createMachine({
  id: 'scripted',
  context: { script: [] },
  initial: 'alone',
  states: {
    alone: {
      on: {
        SELF: [
          { guard: 'answers 0', target: 'sharing', actions: ['answer', 'go on'] },
          { actions: ['answer', 'go on'] },
        ],
        PEER: [
          { guard: 'answers 0', target: 'sharing', actions: ['act', 'answer', 'go on'] },
          { actions: ['answer', 'go on'] },
        ],
        DISABLE: { actions: ['act', 'answer', 'go on'] },
        detached: {},
      },
    },
    sharing: {
      on: {
        SELF: { actions: ['answer', 'go on'] },
        PEER: { actions: ['act', 'answer', 'go on'] },
        DISABLE: [
          { guard: 'answers 0', target: 'alone', actions: ['act', 'answer', 'go on'] },
          { actions: ['answer', 'go on'] },
        ],
        detached: 'alone',
      },
    },
  },
  on: {
    script: { guard: 'has no script', actions: 'take script' },
    // The result of its own call, which it ignores.
    returns: {},
  },
});
