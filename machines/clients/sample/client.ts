import { type ClientView, defineClient, NO_FLAGS, onAndOff } from '../client.js';
import { sample as machine, SAMPLE_OPS } from './machine.js';
import { reproducer } from './reproducer.js';

export interface SampleView extends ClientView {
  readonly isLoaded: boolean;
}

export const sample = defineClient<'sample', SampleView>({
  name: 'sample',
  description: 'a module with a direct ops on function 1 and without ops_func',
  scope: {
    sample: {
      most: 1,
      legend: () => 'The sample is a module with a direct ops on 1 that has no ops_func.',
    },
  },
  machine,
  actions: (scope) => (scope.sample > 0 ? onAndOff('load', 'unload', 'sample') : []),
  ops: () => [
    {
      name: SAMPLE_OPS,
      kind: 'direct',
      owner: 'absent',
      flags: { ...NO_FLAGS, direct: true, regs: true },
    },
  ],
  view(select) {
    const isIn = select?.('sample', ({ value }) => value === 'in') ?? (() => false);
    return {
      get isLoaded() {
        return isIn();
      },
      attached: (record) => (record === 1 && isIn() ? ['sample'] : []),
      hits: ({ trampoline }) => (trampoline?.startsWith(`${SAMPLE_OPS}.`) ? ['sample'] : []),
    };
  },
  reproducer,
});
