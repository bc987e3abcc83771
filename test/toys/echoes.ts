import { emit, setup } from 'xstate';
import type { Network } from '../../src/model/network.js';

const ping = (to: string) => emit({ type: 'ping', to });
const echo = (other: string) => setup({}).createMachine({ on: { ping: { actions: ping(other) } } });

/** Two machines that answer each other for ever. */
export const echoes: Network = {
  name: 'echoes',
  description: 'two echoes',
  components: [
    { name: 'a', machine: echo('b') },
    { name: 'b', machine: echo('a') },
  ],
  stimuli: [{ to: 'a', message: { type: 'ping' }, description: 'ping' }],
  world: () => undefined,
};
