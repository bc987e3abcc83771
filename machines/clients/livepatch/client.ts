import type { Selector } from '../../../src/model/network.js';
import {
  ALIASED_FUNCTION,
  ALL_FUNCTIONS,
  type Body,
  type ClientView,
  defineClient,
  FUNCTIONS,
  MODULE_FUNCTION,
  NO_FLAGS,
  type Numbers,
  onAndOff,
} from '../client.js';
import { klpOps, type Livepatch, livepatch as machine, type Patch, type Stack } from './machine.js';
import { reproducer } from './reproducer.js';

type Key = 'livepatch' | 'second' | 'livepatch3' | 'livepatch4' | 'replacement';
type Scope = Numbers<Key>;

/** The body of a function that each livepatch brings. */
const BODIES: Readonly<Record<string, Body>> = {
  livepatch: 'patched',
  livepatch2: 'patched2',
  livepatch3: 'patched',
  livepatch4: 'patched',
  replacement: 'replaced',
};

const patchesOf = ({
  livepatch,
  second,
  livepatch3,
  livepatch4,
  replacement,
}: Scope): readonly Patch[] => [
  ...(livepatch > 0
    ? [{ name: 'livepatch', functions: FUNCTIONS.slice(0, livepatch), replace: false }]
    : []),
  ...(second > 0 ? [{ name: 'livepatch2', functions: [1], replace: false }] : []),
  ...(livepatch3 > 0 ? [{ name: 'livepatch3', functions: [MODULE_FUNCTION], replace: false }] : []),
  ...(livepatch4 > 0
    ? [{ name: 'livepatch4', functions: [ALIASED_FUNCTION], replace: false }]
    : []),
  ...(replacement > 0 ? [{ name: 'replacement', functions: [2], replace: true }] : []),
];

export interface LivepatchView extends ClientView {
  /** The functions to which enabling the livepatch would bring an ops. */
  toPatch(patch: string): readonly number[];
  /** Whether the function is patched. */
  patches(record: number): boolean;
  /** The body of the newest livepatch of the function. */
  body(record: number): Body;
}

export const livepatch = defineClient<Key, LivepatchView>({
  name: 'livepatch',
  description: 'livepatches of function 1, of function 2 or of both',
  scope: {
    livepatch: {
      most: 2,
      legend: (number) => `The livepatch patches ${number > 1 ? '1 and 2' : '1'}.`,
    },
    second: { most: 1, legend: () => 'livepatch2 is another livepatch of 1.' },
    livepatch3: { most: 1, legend: () => 'livepatch3 is a livepatch of 3.' },
    livepatch4: { most: 1, legend: () => 'livepatch4 is a livepatch of 4.' },
    replacement: {
      most: 1,
      legend: () => 'The replacement is a livepatch of 2 that replaces all others.',
    },
  },
  machine,
  input: (scope) => ({ patches: patchesOf(scope).map((patch) => ({ ...patch })) }),
  actions: (scope) =>
    patchesOf(scope).flatMap(({ name }) => onAndOff('enable', 'disable', name, { patch: name })),
  /** klp_patch_func(). On x86-64 livepatch does not set SAVE_REGS. */
  ops: (scope) =>
    ALL_FUNCTIONS.filter((record) =>
      patchesOf(scope).some(({ functions }) => functions.includes(record)),
    ).map((record) => ({
      name: klpOps(record),
      kind: 'ipmodify',
      owner: 'absent',
      flags: { ...NO_FLAGS, ipmodify: true },
      permanent: true,
    })),
  view(select, scope) {
    const none: Selector<readonly Stack[]> = () => [];
    const stacks = select?.('livepatch', ({ context }) => (context as Livepatch).stacks) ?? none;
    const newest = (record: number) =>
      stacks().find((stack) => stack.record === record)?.patches[0];
    const patches = (record: number) => newest(record) !== undefined;
    const body = (record: number): Body => BODIES[newest(record) ?? ''] ?? 'original';
    return {
      toPatch: (patch) =>
        patchesOf(scope)
          .filter(({ name }) => name === patch)
          .flatMap(({ functions }) => functions.filter((record) => !patches(record))),
      patches,
      body,
      changes: patches,
      attached: () => [],
      hits: () => [],
      bodySetBy: (ops, { record }) => (ops === klpOps(record) ? body(record) : undefined),
    };
  },
  reproducer,
});
