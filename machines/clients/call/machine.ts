import { setup } from 'xstate';

/** Whether the last action was a call of the functions. */
export const call = setup({}).createMachine({
  id: 'call',
  initial: 'not called',
  states: { 'not called': {}, called: {} },
  on: { call: '.called', 'other action': '.not called' },
});
