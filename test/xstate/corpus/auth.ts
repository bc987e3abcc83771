import { assign, createMachine } from 'xstate';
import type { MachineOptions } from '../../../src/xstate/machineNetwork.js';

/** Signing in by a service that the application provides: the machine has only its name. */
export default createMachine({
  id: 'auth',
  context: { user: null as string | null },
  initial: 'signedOut',
  states: {
    signedOut: { on: { signIn: 'checking' } },
    checking: {
      invoke: {
        src: 'check',
        onDone: [
          {
            guard: ({ event }) => event.output.user !== null,
            target: 'signedIn',
            actions: assign({ user: ({ event }) => event.output.user }),
          },
          { target: 'signedOut' },
        ],
        onError: 'signedOut',
      },
    },
    signedIn: {
      tags: 'inside',
      on: { signOut: { target: 'signedOut', actions: assign({ user: null }) } },
      after: { 3600000: { target: 'signedOut', actions: assign({ user: null }) } },
    },
  },
});

export const recwalk: MachineOptions = {
  actors: { check: { output: [{ user: 'ada' }, { user: null }] } },
  rules: [
    {
      id: 'nobody-outside',
      description: 'Nobody is known who is not signed in.',
      source: 'privacy',
      always: ({ tags, context }) => tags.has('inside') === (context.user !== null),
    },
  ],
};
