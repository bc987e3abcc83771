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
import { klpOps, livepatch as machine } from './machine.js';
import { reproducer } from './reproducer.js';
import {
  type Livepatch,
  type Patch,
  refuses,
  runs,
  sleepsInChanged,
  stackOf,
  type Target,
} from './transition.js';

type Key = 'livepatch' | 'second' | 'livepatch3' | 'livepatch4' | 'replacement' | 'transition';
type Scope = Numbers<Key>;

/** The body of a function that each livepatch brings. */
const BODIES: Readonly<Record<string, Body>> = {
  livepatch: 'patched',
  livepatch2: 'patched2',
  livepatch3: 'patched',
  livepatch4: 'patched',
  replacement: 'replaced',
};

/** The keys of BPF programs on function 1. */
const PROGRAMS = ['fentry', 'fexit', 'pair', 'many', 'multi'] as const;
type Programs = Numbers<(typeof PROGRAMS)[number]>;

/** A probe that changes the ip of function 1 can run another body than the one that livepatch chooses. */
const hasSleeper = ({
  transition,
  override,
  livepatch,
  second,
}: Scope & Numbers<'override'>): boolean =>
  transition > 0 && !(override > 0) && livepatch + second > 0;

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

/** The livepatches in transition or kept in memory, and where the sleeper sleeps, as the guest reports them. */
const notesOf = ({ patches, current, target, forced, sleeper }: Livepatch): readonly string[] => [
  ...patches.flatMap(({ name }) =>
    name === current?.name
      ? [`${name}: ${target === 'patched' ? 'patching' : 'unpatching'}`]
      : forced.includes(name)
        ? [`${name}: stays`]
        : [],
  ),
  ...(sleeper === null ? [] : [`sleeper: in ${sleeper.patch}`]),
];

export interface LivepatchView extends ClientView {
  /** The livepatch in transition, and where that leads. */
  readonly transition: { readonly patch: string; readonly target: Target } | undefined;
  /** Whether a task that sleeps in no function that the transition changes holds it up. */
  readonly isHeldUpInVain: boolean;
  /** Whether a task sleeps in a body that was unloaded. */
  readonly hasFreedSleeper: boolean;
  /** Whether livepatch itself refuses the action on the livepatch, whatever is on its functions. */
  refuses(action: string, patch: string): boolean;
  /** The functions to which enabling the livepatch would bring an ops. */
  toPatch(patch: string): readonly number[];
  /** Whether the function is patched. */
  patches(record: number): boolean;
  /** The body that livepatch chooses for a task that runs. */
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
    transition: {
      most: 1,
      legend: () =>
        'A task (the sleeper) can sleep in the body that a livepatch gives 1, and hold up transitions. A livepatch stays if its module is loaded for good.',
    },
  },
  machine,
  input: (scope: Scope & Programs, { unwindsBpf, fillsFreedCode }) => ({
    unwindsBpf,
    fillsFreedCode,
    patches: patchesOf(scope).map((patch) => ({ ...patch })),
    asksBpf: PROGRAMS.some((key) => scope[key] > 0),
  }),
  actions: (scope: Scope & Programs & Numbers<'override'>) => [
    ...patchesOf(scope).flatMap(({ name }) => [
      ...onAndOff('enable', 'disable', name, { patch: name }),
      ...(hasSleeper(scope)
        ? [
            ...onAndOff('re-enable', 'force', name, { patch: name }),
            {
              description: `re-enable ${name} in vain`,
              call: `re-enable ${name}`,
              message: { type: 're-enable in vain', patch: name },
            },
          ]
        : []),
    ]),
    ...(hasSleeper(scope)
      ? [
          { description: 'sleep in 1', message: { type: 'sleep' } },
          { description: 'wake', message: { type: 'wake' } },
        ]
      : []),
  ],
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
    const read = <T>(pick: (livepatch: Livepatch) => T, absent: T): Selector<T> =>
      select?.('livepatch', ({ context }) => pick(context as Livepatch)) ?? (() => absent);
    const byRecord = <T>(pick: (livepatch: Livepatch, record: number) => T, absent: T) =>
      ALL_FUNCTIONS.map((record) => read((livepatch) => pick(livepatch, record), absent));
    const patched = byRecord((one, record) => stackOf(one, record).length > 0, false);
    const running = byRecord((one, record) => runs(one, record) ?? '', '');
    const patches = (record: number) => patched[record - 1]!();
    const body = (record: number): Body => BODIES[running[record - 1]!()] ?? 'original';
    const has = scope.transition > 0;
    const whole = read<Livepatch | null>((one) => (has ? one : null), null);
    const isIn = (state: string): Selector<boolean> =>
      (has && select?.('livepatch', ({ value }) => value === state)) || (() => false);
    const hasFreedSleeper = isIn('in freed code');
    const isStuck = isIn('stuck');
    return {
      toPatch: (patch) =>
        patchesOf(scope)
          .filter(({ name }) => name === patch)
          .flatMap(({ functions }) => functions.filter((record) => !patches(record))),
      get transition() {
        const { current, target } = whole() ?? {};
        return current ? { patch: current.name, target: target! } : undefined;
      },
      get isHeldUpInVain() {
        const all = whole();
        return !hasFreedSleeper() && all !== null && all.current !== null && !sleepsInChanged(all);
      },
      get hasFreedSleeper() {
        return hasFreedSleeper();
      },
      get end() {
        if (!hasFreedSleeper()) return undefined;
        return whole()!.fillsFreedCode ? 'PANIC' : 'OOPS';
      },
      get over() {
        return isStuck();
      },
      refuses(action, patch) {
        const all = whole();
        return all !== null && refuses(all, action, patch);
      },
      get notes() {
        const all = whole();
        return all === null ? [] : notesOf(all);
      },
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
