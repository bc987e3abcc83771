import { defineClient, FUNCTIONS, NO_FLAGS, onAndOff } from '../client.js';
import { tracer as machine, TRACER_OPS } from './machine.js';
import { reproducer } from './reproducer.js';

export const tracer = defineClient({
  name: 'tracer',
  description: 'the function tracer of tracefs, on both functions',
  scope: { tracer: { most: 1, legend: () => 'The function tracer is on both.' } },
  machine,
  input: () => ({ functions: [...FUNCTIONS] }),
  actions: (scope) => (scope.tracer > 0 ? onAndOff('start', 'stop', 'tracer') : []),
  ops: () => [{ name: TRACER_OPS, kind: 'tracer', owner: 'absent', flags: NO_FLAGS }],
  view(select) {
    const isOn = select?.('tracer', ({ value }) => value === 'on') ?? (() => false);
    return {
      attached: () => (isOn() ? ['tracer'] : []),
      hits: ({ called }) => (called.includes(TRACER_OPS) ? ['tracer'] : []),
    };
  },
  reproducer,
});
