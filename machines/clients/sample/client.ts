import type { Selector } from '../../../src/model/network.js';
import { type ClientView, defineClient, NO_FLAGS, type Numbers, onAndOff } from '../client.js';
import { sample as machine, type Sample, type Samples, sampleOps } from './machine.js';
import { reproducer } from './reproducer.js';

type Key = 'sample' | 'rival';

/** The sample modules of a scope, in the order in which outcomes name them. */
const samplesOf = ({ sample, rival }: Numbers<Key>): readonly Sample[] => [
  ...(sample > 0 ? [{ name: 'sample', record: 1 }] : []),
  ...(sample > 1 ? [{ name: 'sample2', record: 2 }] : []),
  ...(rival > 0 ? [{ name: 'rival', record: 1 }] : []),
];

export interface SampleView extends ClientView {
  /** Whether a sample module on the function is loaded. */
  isLoaded(record: number): boolean;
}

export const sample = defineClient<Key, SampleView>({
  name: 'sample',
  description: 'modules with a direct ops and without ops_func',
  scope: {
    sample: {
      most: 2,
      legend: (number) =>
        number > 1
          ? 'sample and sample2 are modules with a direct ops on 1 and on 2 that has no ops_func.'
          : 'The sample is a module with a direct ops on 1 that has no ops_func.',
    },
    rival: { most: 1, legend: () => 'The rival is another module with such an ops on 1.' },
  },
  machine,
  actions: (scope) =>
    samplesOf(scope).flatMap((one) => onAndOff('load', 'unload', one.name, { sample: { ...one } })),
  ops: (scope) =>
    samplesOf(scope).map((one) => ({
      name: sampleOps(one),
      kind: 'direct',
      owner: 'absent',
      flags: { ...NO_FLAGS, direct: true, regs: true },
      trampoline: one.name,
    })),
  view(select, scope) {
    const none: Selector<readonly Sample[]> = () => [];
    const loaded = select?.('sample', ({ context }) => (context as Samples).loaded) ?? none;
    const samples = samplesOf(scope);
    const isLoaded = ({ name }: Sample) => loaded().some((one) => one.name === name);
    return {
      isLoaded: (record) => loaded().some((one) => one.record === record),
      attached: (record) =>
        samples.filter((one) => one.record === record && isLoaded(one)).map(({ name }) => name),
      hits: ({ trampoline }) =>
        samples
          .filter((one) => trampoline?.startsWith(`${sampleOps(one)}.`))
          .map(({ name }) => name),
    };
  },
  reproducer,
});
