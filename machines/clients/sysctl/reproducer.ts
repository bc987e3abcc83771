import type { ClientReproducer } from '../reproducer.js';

export const reproducer: ClientReproducer = {
  actors: ['ftrace_enabled'],
  actions: () =>
    [0, 1].map((value) => ({
      description: `ftrace_enabled ${value}`,
      commands: [`/bin/echo ${value} > /proc/sys/kernel/ftrace_enabled`],
    })),
};
