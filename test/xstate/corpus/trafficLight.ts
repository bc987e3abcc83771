import { createMachine } from 'xstate';

/** Lights that change by time alone, with a walk signal inside of red. */
export default createMachine({
  id: 'traffic light',
  initial: 'green',
  states: {
    green: { after: { 3000: 'yellow' } },
    yellow: { after: { 500: 'red' } },
    red: {
      initial: 'walk',
      after: { 4000: 'green' },
      states: { walk: { after: { 2000: 'wait' } }, wait: {} },
    },
  },
});
