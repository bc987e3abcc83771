import { assign, emit, setup } from 'xstate';
import type { Network, Rule } from '../../src/model/network.js';
import { consistent, type Decisions } from './transaction-commit.js';

/**
 * `quorum`: the number of prepared managers that the coordinator waits for; with fewer than all it is the broken twin.
 */
export function twoPhaseCommit(managers: number, quorum = managers): Network<Decisions> {
  const numbers = Array.from({ length: managers }, (_, i) => i + 1);
  const manager = (i: number) => `manager ${i}`;
  const letter = (i: number) => `letter of ${manager(i)}`;
  const hears = (i: number, what: 'commit' | 'abort') => ({
    to: manager(i),
    message: { type: what },
    also: [{ type: `was ${what}`, to: 'coordinator' }],
    description: `${manager(i)} receives ${what}`,
  });
  return {
    name: quorum === managers ? 'two-phase commit' : 'hasty two-phase commit',
    description: `${managers} resource managers agree to commit or to abort`,
    scope: { managers, quorum },
    components: [
      { name: 'coordinator', machine: coordinator, input: { quorum } },
      ...numbers.flatMap((i) => [
        { name: manager(i), machine: resourceManager, input: { letter: letter(i) } },
        { name: letter(i), machine: letterOfManager },
      ]),
    ],
    stimuli: [
      { to: 'coordinator', message: { type: 'commit' }, description: 'coordinator commits' },
      { to: 'coordinator', message: { type: 'abort' }, description: 'coordinator aborts' },
      ...numbers.flatMap((i) => [
        { to: manager(i), message: { type: 'prepare' }, description: `${manager(i)} prepares` },
        { to: manager(i), message: { type: 'give up' }, description: `${manager(i)} gives up` },
        {
          to: 'coordinator',
          message: { type: 'listen' },
          also: [{ type: 'arrive', to: letter(i) }],
          description: `coordinator receives ${manager(i)} is prepared`,
        },
        hears(i, 'commit'),
        hears(i, 'abort'),
      ]),
    ],
    world: (look) => {
      const looks = numbers.map((i) => look(manager(i)));
      return {
        get managers() {
          return looks.map((look) => look().value as string);
        },
      };
    },
    rules: [consistent, bothWays],
    symmetry: {
      kinds: [{ description: 'managers', members: numbers.map(manager) }],
      component: (name, named) => name.replace(/manager \d+/, named),
      seen: (component, { value, context }, named) =>
        component.startsWith('manager')
          ? { value, context: { letter: context.letter.replace(/manager \d+/, named) } }
          : { value, context },
      small: () => twoPhaseCommit(2, quorum === managers ? 2 : 1),
    },
  };
}

const bothWays: Rule<Decisions> = {
  id: 'both-ways',
  description: 'the managers can agree either way',
  source: 'stateright examples/2pc.rs, "commit agreement" and "abort agreement"',
  possible: ['committed', 'aborted'].map((end) => ({
    description: `all are ${end}`,
    holds: ({ managers }) => managers.every((state) => state === end),
  })),
};

/** Represents its two messages, too: commit or abort was sent exactly if it decided so. */
const coordinator = setup({
  types: {} as {
    input: { quorum: number };
    context: { quorum: number; prepared: number };
    events: {
      type: 'listen' | 'one more' | 'commit' | 'abort' | 'was commit' | 'was abort';
    };
  },
  actions: { count: assign({ prepared: ({ context }) => context.prepared + 1 }) },
  guards: { 'enough are prepared': ({ context }) => context.prepared >= context.quorum },
}).createMachine({
  id: 'coordinator',
  context: ({ input }) => ({ quorum: input.quorum, prepared: 0 }),
  initial: 'open',
  states: {
    open: {
      on: {
        listen: {},
        'one more': { actions: 'count' },
        commit: { guard: 'enough are prepared', target: 'committed' },
        abort: 'aborted',
      },
    },
    committed: { on: { 'was commit': {} } },
    aborted: { on: { 'was abort': {} } },
  },
});

const resourceManager = setup({
  types: {} as {
    input: { letter: string };
    context: { letter: string };
    events: { type: 'prepare' | 'give up' | 'commit' | 'abort' };
    emitted: { type: 'send'; to: string };
  },
  actions: {
    'say so': emit(({ context }) => ({ type: 'send' as const, to: context.letter })),
  },
}).createMachine({
  id: 'manager',
  context: ({ input }) => ({ letter: input.letter }),
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

/** The message that a manager is prepared: it can arrive repeatedly, and counts once. */
const letterOfManager = setup({
  types: {} as {
    events: { type: 'send' | 'arrive' };
    emitted: { type: 'one more'; to: 'coordinator' };
  },
  actions: { 'one more': emit({ type: 'one more', to: 'coordinator' }) },
}).createMachine({
  id: 'letter',
  initial: 'unsent',
  states: {
    unsent: { on: { send: 'sent' } },
    sent: { on: { arrive: { target: 'counted', actions: 'one more' } } },
    counted: { on: { arrive: {} } },
  },
});

/**
 * Two-phase commit: managers prepare, and a coordinator commits once all have. Sent messages are never lost, and may be
 * received repeatedly.
 *
 * Source: Gray & Lamport, "Consensus on Transaction Commit" (2006), module TwoPhase. TLC's counts are in
 * github.com/tlaplus/Examples, transaction_commit/manifest.json: 3 managers, 288 distinct states, 1,146 generated (the
 * first one and 1,145 transitions), depth 11 counted in states. The module itself states 50,816 for 6 managers;
 * stateright's examples/2pc.rs pins 8,832 for 5, and 665 with symmetry: it sorts managers by their state alone, so it
 * stores some states that differ in names only twice. By hand there are C(n+3,3) + C(n+5,5) + C(n+1,1) orbits, 314 for
 * 5. Here a manager is exchanged together with its message, and nothing else refers to it by name.
 */
export default twoPhaseCommit(3);
