import { defineClient } from '../client.js';
import { reproducer } from './reproducer.js';

export const sysctl = defineClient({
  name: 'sysctl',
  description: 'an administrator who writes the sysctl ftrace_enabled',
  scope: {
    sysctl: {
      most: 1,
      legend: () => 'While kernel.ftrace_enabled is 0, no function entry calls anything.',
    },
  },
  actions: (scope) =>
    scope.sysctl === 0
      ? []
      : [0, 1].map((value) => ({
          description: `ftrace_enabled ${value}`,
          to: 'ftrace',
          message: { type: 'ftrace_enabled', on: value === 1 },
        })),
  ops: () => [],
  view: () => ({ attached: () => [], hits: () => [] }),
  reproducer,
});
