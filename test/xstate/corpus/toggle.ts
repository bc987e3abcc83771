import { createMachine } from 'xstate';

/** A lamp with one button. */
export default createMachine({
  id: 'toggle',
  initial: 'off',
  states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' }, tags: 'lit' } },
});
