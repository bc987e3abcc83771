import type { Selector } from '../../../src/model/network.js';
import { type ClientView, defineClient, NO_FLAGS, onAndOff } from '../client.js';
import { type Bpf, FOPS, type Image, bpf as machine, type Program, programsOf } from './machine.js';
import { reproducer } from './reproducer.js';

export interface BpfView extends ClientView {
  /** Programs that are attached to function 1. */
  readonly programs: readonly Program[];
}

const PROGRAMS = ['fentry', 'fexit'] as const;

export const bpf = defineClient<Program, BpfView>({
  name: 'bpf',
  description: 'BPF programs on function 1 and their trampoline',
  scope: {
    fentry: { most: 1, legend: () => 'fentry and fexit are BPF programs on 1.' },
    fexit: { most: 1 },
  },
  machine,
  input: (_, { dropsFunc }) => ({ dropsFunc }),
  actions: (scope) =>
    PROGRAMS.filter((program) => scope[program] > 0).flatMap((program) =>
      onAndOff('attach', 'detach', program, { program }),
    ),
  ops: () => [
    { name: FOPS, kind: 'direct', owner: 'bpf', flags: { ...NO_FLAGS, direct: true, regs: true } },
  ],
  view(select) {
    const image: Selector<Image | null> =
      select?.('bpf', ({ context }) => (context as Bpf).image) ?? (() => null);
    const isOwn = (trampoline: string | null) => trampoline?.startsWith(`${FOPS}.`) === true;
    return {
      get programs() {
        return programsOf(image());
      },
      attached: (record) => (record === 1 ? programsOf(image()) : []),
      hits: ({ trampoline }) => (isOwn(trampoline) ? programsOf(image()) : []),
      /** An image with fexit calls the function itself, at the ip on the stack or at its fixed address. */
      bodyRun(body, { trampoline }) {
        const own = isOwn(trampoline) ? image() : null;
        return own?.fexit && !own.origStack ? 'original' : body;
      },
    };
  },
  reproducer,
});
