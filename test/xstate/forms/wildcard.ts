import { createMachine } from 'xstate';

/** The events of `mouse.*` are nowhere listed. */
export default createMachine({ id: 'mouse', on: { 'mouse.*': { actions: [] } } });
