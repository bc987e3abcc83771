import { type ClientView, defineClient, NO_FLAGS } from '../client.js';
import { FPROBE_OPS, type FprobeInput, fprobe as machine } from './machine.js';
import { reproducer } from './reproducer.js';

export interface FprobeView extends ClientView {
  /** Whether the kernel has fprobes. */
  readonly isBuiltIn: boolean;
}

export const fprobe = defineClient<'fprobe', FprobeView>({
  name: 'fprobe',
  description: 'a BPF program attached by a kprobe_multi link, which is an fprobe',
  scope: {
    fprobe: {
      most: 1,
      legend: () => 'kprobe.multi is a BPF program on 1, attached as an fprobe.',
    },
  },
  machine,
  input: (_, { fprobes }) => ({ fprobes }),
  actions: (scope) =>
    scope.fprobe === 0
      ? []
      : ['attach', 'detach'].map((verb) => ({
          description: `${verb} kprobe.multi`,
          message: { type: `${verb} fprobe` },
        })),
  ops: (_, { fprobes }) => [
    {
      name: FPROBE_OPS,
      kind: 'tracer',
      owner: 'absent',
      flags: { ...NO_FLAGS, regs: fprobes === 'regs' },
    },
  ],
  view(select) {
    const isOn = select?.('fprobe', ({ value }) => value === 'attached') ?? (() => false);
    const isBuiltIn =
      select?.('fprobe', ({ context }) => (context as FprobeInput).fprobes !== 'absent') ??
      (() => false);
    return {
      get isBuiltIn() {
        return isBuiltIn();
      },
      attached: (record) => (record === 1 && isOn() ? ['kprobe.multi'] : []),
      hits: ({ called }) => (called.includes(FPROBE_OPS) ? ['kprobe.multi'] : []),
    };
  },
  reproducer,
});
