import { assign, emit, setup } from 'xstate';
import type { Message, Network, Rule } from '../../src/model/network.js';

export interface Decisions {
  readonly managers: readonly string[];
}

/** `quorum`: prepared managers the coordinator waits for; fewer than all of them is the broken twin. */
export function twoPhaseCommit(managers: number, quorum = managers): Network<Decisions> {
  const names = Array.from({ length: managers }, (_, i) => `manager ${i + 1}`);
  const receive = (what: string, to: string, message: Message) => ({
    to: 'sent',
    message: { type: 'recall', what },
    also: [{ ...message, to }],
    says: `${to} receives ${what}`,
  });
  return {
    name: quorum === managers ? 'two-phase commit' : 'hasty two-phase commit',
    says: `${managers} resource managers agree to commit or to abort`,
    scope: { managers, quorum },
    components: [
      { name: 'sent', machine: sent },
      { name: 'coordinator', machine: coordinator, input: { quorum } },
      ...names.map((name) => ({ name, machine: manager, input: { name } })),
    ],
    stimuli: [
      { to: 'coordinator', message: { type: 'commit' }, says: 'coordinator commits' },
      { to: 'coordinator', message: { type: 'abort' }, says: 'coordinator aborts' },
      ...names.flatMap((name) => [
        { to: name, message: { type: 'prepare' }, says: `${name} prepares` },
        { to: name, message: { type: 'give up' }, says: `${name} gives up` },
        receive(`${name} is prepared`, 'coordinator', { type: 'prepared', who: name }),
        receive('commit', name, { type: 'commit' }),
        receive('abort', name, { type: 'abort' }),
      ]),
    ],
    world: (look) => {
      const looks = names.map((name) => look(name));
      return {
        get managers() {
          return looks.map((look) => look().value as string);
        },
      };
    },
    rules: [consistent, bothWays],
  };
}

const consistent: Rule<Decisions> = {
  id: 'consistent',
  says: 'no two managers decide differently',
  source: 'TCommit, TCConsistent',
  always: ({ managers }) => !(managers.includes('committed') && managers.includes('aborted')),
};

const bothWays: Rule<Decisions> = {
  id: 'both-ways',
  says: 'the managers can agree either way',
  source: 'stateright examples/2pc.rs, "commit agreement" and "abort agreement"',
  possible: ['committed', 'aborted'].map((end) => ({
    says: `all are ${end}`,
    holds: ({ managers }) => managers.every((state) => state === end),
  })),
};

const withAnother = (set: readonly string[], one: string) => [...new Set(set).add(one)].sort();

const sent = setup({
  types: {} as { context: { set: string[] }; events: { type: 'send' | 'recall'; what: string } },
  actions: { keep: assign({ set: ({ context, event }) => withAnother(context.set, event.what) }) },
  guards: { 'was sent': ({ context, event }) => context.set.includes(event.what) },
}).createMachine({
  id: 'sent',
  context: { set: [] },
  on: { send: { actions: 'keep' }, recall: { guard: 'was sent' } },
});

const coordinator = setup({
  types: {} as {
    input: { quorum: number };
    context: { quorum: number; prepared: string[] };
    events: { type: 'prepared'; who: string } | { type: 'commit' } | { type: 'abort' };
    emitted: { type: 'send'; to: 'sent'; what: string };
  },
  actions: {
    count: assign({
      prepared: ({ context }, who: string) => withAnother(context.prepared, who),
    }),
    'tell all': emit((_, what: string) => ({ type: 'send' as const, to: 'sent' as const, what })),
  },
  guards: { 'enough are prepared': ({ context }) => context.prepared.length >= context.quorum },
}).createMachine({
  id: 'coordinator',
  context: ({ input }) => ({ quorum: input.quorum, prepared: [] }),
  initial: 'open',
  states: {
    open: {
      on: {
        prepared: { actions: { type: 'count', params: ({ event }) => event.who } },
        commit: {
          guard: 'enough are prepared',
          target: 'committed',
          actions: { type: 'tell all', params: 'commit' },
        },
        abort: { target: 'aborted', actions: { type: 'tell all', params: 'abort' } },
      },
    },
    committed: {},
    aborted: {},
  },
});

const manager = setup({
  types: {} as {
    input: { name: string };
    context: { name: string };
    events: { type: 'prepare' | 'give up' | 'commit' | 'abort' };
    emitted: { type: 'send'; to: 'sent'; what: string };
  },
  actions: {
    'say so': emit(({ context }) => ({
      type: 'send' as const,
      to: 'sent' as const,
      what: `${context.name} is prepared`,
    })),
  },
}).createMachine({
  id: 'manager',
  context: ({ input }) => ({ name: input.name }),
  initial: 'working',
  states: {
    working: {
      on: { prepare: { target: 'prepared', actions: 'say so' }, 'give up': 'aborted' },
    },
    prepared: {},
    committed: {},
    aborted: {},
  },
  on: { commit: '.committed', abort: '.aborted' },
});

/**
 * Two-phase commit: managers prepare, a coordinator commits once all have. Messages are never
 * lost from the set of those sent, and may be received again and again.
 *
 * Source: Gray & Lamport, "Consensus on Transaction Commit" (2006), module TwoPhase. TLC's counts
 * stand in github.com/tlaplus/Examples, transaction_commit/manifest.json: 3 managers, 288 distinct
 * states, 1,146 generated (the first one and 1,145 transitions), depth 11 counted in states. The
 * module itself names 50,816 for 6 managers; stateright's examples/2pc.rs pins 8,832 for 5.
 */
export default twoPhaseCommit(3);
