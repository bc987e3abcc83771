import { defineClient } from '../client.js';
import { call as machine } from './machine.js';
import { reproducer } from './reproducer.js';

export const call = defineClient({
  name: 'call',
  description: 'calls of the functions, as an action of their own',
  scope: {
    call: { most: 1, legend: () => 'Only the action call calls the functions, each once.' },
  },
  machine,
  actions: (scope) =>
    scope.call === 0 ? [] : [{ description: 'call', message: { type: 'call' } }],
  ops: () => [],
  view: (select) => ({
    attached: () => [],
    hits: () => [],
    hasCalled: select?.('call', ({ value }) => value === 'called') ?? (() => true),
  }),
  reproducer,
});
