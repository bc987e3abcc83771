import type { MachineOptions } from 'recwalk';
import { assign, setup } from 'xstate';

const emptyForm = { name: '', email: '' };

/** A form in two steps. A step is left only when its field is filled; `reset` starts again. */
export const wizard = setup({
  types: {} as {
    context: typeof emptyForm;
    events:
      | { type: 'fill'; field: 'name' | 'email'; text: string }
      | { type: 'next' | 'back' | 'reset' };
  },
  guards: {
    'has name': ({ context }) => context.name !== '',
    'has email': ({ context }) => context.email !== '',
  },
  actions: {
    fill: assign((_, { field, text }: { field: string; text: string }) => ({ [field]: text })),
    clear: assign(emptyForm),
  },
}).createMachine({
  id: 'wizard',
  description: 'a form in two steps',
  context: emptyForm,
  initial: 'name',
  on: {
    fill: { actions: { type: 'fill', params: ({ event }) => event } },
    reset: { target: '.name', actions: 'clear' },
  },
  states: {
    name: { on: { next: { guard: 'has name', target: 'email' } } },
    email: { on: { next: { guard: 'has email', target: 'sent' }, back: 'name' } },
    sent: { type: 'final' },
  },
});

export const recwalk: MachineOptions = {
  events: [
    { type: 'fill', field: 'name', text: 'Ada' },
    { type: 'fill', field: 'email', text: 'ada@example.org' },
    { type: 'fill', field: 'email', text: '' },
  ],
  rules: [
    {
      id: 'complete',
      description: 'A form that is sent has a name and an address.',
      source: 'the form',
      always: ({ value, context }) =>
        value !== 'sent' || (context.name !== '' && context.email !== ''),
    },
    {
      id: 'can-be-sent',
      description: 'A form can always be sent.',
      source: 'the form',
      recoverable: ({ status }) => status === 'done',
    },
  ],
};
