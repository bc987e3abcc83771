import type { Selector } from '../../../src/model/network.js';
import {
  type ClientView,
  defineClient,
  FUNCTIONS,
  NO_FLAGS,
  type Numbers,
  onAndOff,
} from '../client.js';
import { klpOps, type Livepatch, livepatch as machine } from './machine.js';
import { reproducer } from './reproducer.js';

type Scope = Numbers<'livepatch'>;

/** The functions that the livepatch patches. */
const functionsOf = ({ livepatch }: Scope): readonly number[] => FUNCTIONS.slice(0, livepatch);

export interface LivepatchView extends ClientView {
  /** The functions that the livepatch patches while it is enabled. */
  readonly functions: readonly number[];
  /** Whether the function is patched. */
  patches(record: number): boolean;
}

export const livepatch = defineClient<'livepatch', LivepatchView>({
  name: 'livepatch',
  description: 'a livepatch of function 1, or of both functions',
  scope: {
    livepatch: {
      most: 2,
      legend: (number) => `The livepatch patches ${number > 1 ? '1 and 2' : '1'}.`,
    },
  },
  machine,
  input: (scope) => ({ functions: functionsOf(scope) }),
  actions: (scope) => (scope.livepatch > 0 ? onAndOff('enable', 'disable', 'livepatch') : []),
  /** klp_patch_func(). On x86-64 livepatch does not set SAVE_REGS. */
  ops: (scope) =>
    functionsOf(scope).map((record) => ({
      name: klpOps(record),
      kind: 'ipmodify',
      owner: 'absent',
      flags: { ...NO_FLAGS, ipmodify: true },
      permanent: true,
    })),
  view(select, scope) {
    const none: Selector<readonly number[]> = () => [];
    const patched = select?.('livepatch', ({ context }) => (context as Livepatch).patched) ?? none;
    const patches = (record: number) => patched().includes(record);
    return {
      functions: functionsOf(scope),
      patches,
      changes: patches,
      attached: () => [],
      hits: () => [],
      bodySetBy: (ops, { record }) => (ops === klpOps(record) ? 'patched' : undefined),
    };
  },
  reproducer,
});
