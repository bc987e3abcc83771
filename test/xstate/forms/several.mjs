import { createMachine } from 'xstate';

/** @param {string} event */
const onOff = (event) =>
  createMachine({
    initial: 'off',
    states: { off: { on: { [event]: 'on' } }, on: { on: { [event]: 'off' } } },
  });

/** Two machines without ids, and no default export. */
export const lamp = onOff('press');
export const fan = onOff('pull');
