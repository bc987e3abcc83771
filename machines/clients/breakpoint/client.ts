import { defineClient } from '../client.js';
import { breakpoint as machine } from './machine.js';
import { reproducer } from './reproducer.js';

export const breakpoint = defineClient({
  name: 'breakpoint',
  description: 'a kprobe behind the entry of function 1',
  scope: {
    breakpoint: {
      most: 1,
      legend: () => 'M is a kprobe behind the entry of 1, in its original body.',
    },
  },
  machine,
  actions: ({ breakpoint }) =>
    breakpoint === 0
      ? []
      : [
          { description: 'register kprobe M', message: { type: 'insert' } },
          { description: 'unregister kprobe M', message: { type: 'take out' } },
        ],
  ops: () => [],
  view(select) {
    const isIn = select?.('breakpoint', ({ value }) => value === 'in') ?? (() => false);
    return {
      attached: (record) => (record === 1 && isIn() ? ['M'] : []),
      hits: ({ record }, body) => (record === 1 && body === 'original' && isIn() ? ['M'] : []),
    };
  },
  reproducer,
});
