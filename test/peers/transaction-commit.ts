import { setup } from 'xstate';
import type { Network, Rule } from '../../src/model/network.js';

export interface Decisions {
  readonly managers: readonly string[];
}

export function transactionCommit(managers: number): Network<Decisions> {
  const names = Array.from({ length: managers }, (_, i) => `manager ${i + 1}`);
  const question = (name: string, type: string) =>
    names.filter((other) => other !== name).map((to) => ({ type, to }));
  return {
    name: 'transaction commit',
    description: `what ${managers} resource managers may decide, by whatever protocol`,
    scope: { managers },
    components: names.map((name) => ({ name, machine: manager })),
    stimuli: names.flatMap((name) => [
      { to: name, message: { type: 'prepare' }, description: `${name} prepares` },
      {
        to: name,
        message: { type: 'commit' },
        also: question(name, 'is prepared'),
        description: `${name} commits, all are prepared`,
      },
      {
        to: name,
        message: { type: 'abort' },
        also: question(name, 'has not committed'),
        description: `${name} aborts, none has committed`,
      },
    ]),
    world: (look) => {
      const looks = names.map((name) => look(name));
      return {
        get managers() {
          return looks.map((look) => look().value as string);
        },
      };
    },
    isTerminal: ({ managers }) =>
      managers.every((state) => state === 'committed' || state === 'aborted'),
    rules: [consistent],
  };
}

export const consistent: Rule<Decisions> = {
  id: 'consistent',
  description: 'no two managers decide differently',
  source: 'TCommit, TCConsistent',
  always: ({ managers }) => !(managers.includes('committed') && managers.includes('aborted')),
};

const manager = setup({}).createMachine({
  id: 'manager',
  initial: 'working',
  states: {
    working: { on: { prepare: 'prepared', abort: 'aborted', 'has not committed': {} } },
    prepared: {
      on: { commit: 'committed', abort: 'aborted', 'is prepared': {}, 'has not committed': {} },
    },
    committed: { on: { 'is prepared': {} } },
    aborted: { on: { 'has not committed': {} } },
  },
});

/**
 * The problem that two-phase commit solves: each manager decides with knowledge of all others.
 *
 * Source: Gray & Lamport, "Consensus on Transaction Commit" (2006), module TCommit. TLC's counts are in
 * github.com/tlaplus/Examples, transaction_commit/manifest.json: 3 managers, 34 distinct states, 94 generated (the
 * first one and 93 transitions), depth 7 counted in states.
 */
export default transactionCommit(3);
