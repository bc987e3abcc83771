import type { MachineOptions } from 'recwalk';

export { default } from '../../test/xstate/corpus/auth.js';

export const recwalk: MachineOptions = {
  actors: {
    check: { output: [{ user: 'ada' }, { user: null }], error: [{ message: 'off line' }] },
  },
};
