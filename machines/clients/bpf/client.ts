import type { Selector } from '../../../src/model/network.js';
import {
  ALIASED_FUNCTION,
  ALL_FUNCTIONS,
  type ClientView,
  defineClient,
  FUNCTIONS,
  NO_FLAGS,
  type Numbers,
  onAndOff,
} from '../client.js';
import { bpf as machine } from './machine.js';
import { reproducer } from './reproducer.js';
import { COPIES, type Image, ignoresIp, isMulti, type Program } from './trampoline.js';
import { type Bpf, fopsOf, imageOn, linkedTo, targetsOf, trampolinesOn } from './update.js';

type Key = Program['type'] | 'pair' | 'many' | 'load' | 'multi' | 'alias';

const TYPES = ['fentry', 'fexit'] as const;

/**
 * The programs of a scope: fentry and fexit on function 1, fentry2 and fexit2 on function 2, further ones on function 1,
 * those of several functions on both, and those on the function with several names. Alike ones are side by side.
 */
const programsOf = (scope: Numbers<Key>): readonly Program[] => {
  const isIn: Readonly<Record<string, (type: Program['type']) => boolean>> = {
    '': (type) => scope[type] > 0,
    '.second': (type) => TYPES.slice(0, scope.pair).includes(type),
    '.many': (type) => type === 'fentry' && scope.many > 0,
    '2': (type) => scope[type] > 1,
    '.multi': (type) => TYPES.slice(0, scope.multi).includes(type),
    '4': (type) => TYPES.slice(0, scope.alias).includes(type),
    '.alias': (type) => TYPES.slice(0, scope.alias).includes(type),
  };
  const recordsOf: Readonly<Record<string, readonly number[]>> = {
    '2': [2],
    '.multi': FUNCTIONS,
    '4': [ALIASED_FUNCTION],
    '.alias': [ALIASED_FUNCTION],
  };
  const named = (type: Program['type'], ...suffixes: readonly string[]) =>
    suffixes
      .filter((suffix) => isIn[suffix]!(type))
      .map((suffix) => ({
        name: `${type}${suffix}`,
        type,
        records: recordsOf[suffix] ?? [1],
        alias: suffix === '.alias',
        copies: suffix === '.many' ? COPIES : 1,
      }));
  return [['', '.second', '.many'], ['2'], ['.multi'], ['4'], ['.alias']].flatMap((suffixes) =>
    TYPES.flatMap((type) => named(type, ...suffixes)),
  );
};
const functionsOf = (scope: Numbers<Key>): readonly number[] =>
  ALL_FUNCTIONS.filter((record) =>
    programsOf(scope).some(({ records }) => records.includes(record)),
  );

export interface BpfView extends ClientView {
  /** Names of the programs that are attached to a function, one for each link. */
  programs(record: number): readonly string[];
  /** Whether the kernel knows programs of this type. */
  knows(program: string): boolean;
  /** Whether a trampoline takes no more programs, or not all copies of this one. */
  exceeds(program: string): boolean;
  /** Whether a program is attached to the function by another name than the one that this program names. */
  hasOtherName(program: string): boolean;
  /** The functions that a program is for. */
  functionsOf(program: string): readonly number[];
}

const legendOf = (type: Program['type']) => (number: number) =>
  number > 1
    ? `${type} and ${type}2 are BPF programs on 1 and on 2.`
    : `${type} is a BPF program on 1.`;

export const bpf = defineClient<Key, BpfView>({
  name: 'bpf',
  description: 'BPF programs and the trampoline of each function',
  scope: {
    fentry: { most: 2, legend: legendOf('fentry') },
    fexit: { most: 2, legend: legendOf('fexit') },
    pair: {
      most: 2,
      legend: (number) =>
        `fentry.second${number > 1 ? ' and fexit.second are further BPF programs' : ' is a further BPF program'} on 1. Alike programs are named in the order in which they run.`,
    },
    many: {
      most: 1,
      legend: () =>
        `fentry.many are ${COPIES} more BPF programs on 1, attached one after the other.`,
    },
    multi: {
      most: 2,
      legend: (number) =>
        `fentry.multi${number > 1 ? ' and fexit.multi are BPF programs' : ' is a BPF program'} on 1 and 2, attached by one call.`,
    },
    alias: {
      most: 2,
      legend: (number) =>
        `4 is a function with several names (on a kernel __x64_sys_munlockall(), which is __do_sys_munlockall() too). ${number > 1 ? 'fentry4 and fexit4 are BPF programs on 4, fentry.alias and fexit.alias on its other name.' : 'fentry4 is a BPF program on 4, fentry.alias on its other name.'}`,
    },
    load: {
      most: 1,
      legend: () => 'A BPF program is loaded before its attach, and stays loaded until its unload.',
    },
  },
  machine,
  input: (scope, { dropsFunc, oneDirectOps, multiPrograms, imagesHoldTrampoline, maxLinks }) => ({
    programs: programsOf(scope).map((program) => ({ ...program, records: [...program.records] })),
    loads: scope.load > 0,
    dropsFunc,
    oneDirectOps,
    multiPrograms,
    imagesHoldTrampoline,
    maxLinks,
  }),
  actions: (scope) =>
    programsOf(scope).flatMap(({ name }) => [
      ...(scope.load > 0
        ? [
            { description: `load ${name}`, message: { type: 'load program', program: name } },
            { description: `unload ${name}`, message: { type: 'unload program', program: name } },
          ]
        : []),
      ...onAndOff('attach', 'detach', name, { program: name }),
    ]),
  ops: (scope, { oneDirectOps }) =>
    [
      ...new Set(
        programsOf(scope)
          .flatMap(targetsOf)
          .map((target) => fopsOf(target, oneDirectOps)),
      ),
    ].map((name) => ({
      name,
      kind: 'direct',
      owner: 'bpf',
      flags: { ...NO_FLAGS, direct: true, regs: true },
    })),
  view(select, scope) {
    const none: Selector<readonly string[]> = () => [];
    const byRecord = <T>(pick: (bpf: Bpf, record: number) => T, absent: Selector<T>) =>
      ALL_FUNCTIONS.map((record) =>
        functionsOf(scope).includes(record)
          ? (select?.('bpf', ({ context }) => pick(context as Bpf, record)) ?? absent)
          : absent,
      );
    const images = byRecord<Image | null>(imageOn, () => null);
    const attached = byRecord(
      (one, r) =>
        trampolinesOn(one, r).flatMap((target) => linkedTo(one, target).map(({ name }) => name)),
      none,
    );
    const jumps = byRecord<boolean>(
      (one, r) => one.oneDirectOps && ignoresIp(imageOn(one, r)),
      () => false,
    );
    const dangling = byRecord<boolean>(
      (one, r) => trampolinesOn(one, r).some(({ dangles }) => dangles),
      () => false,
    );
    // Only a trampoline of a function with two names is asked while it has no program.
    const oopsed: Selector<boolean> =
      (scope.alias > 0 && select?.('bpf', ({ value }) => value === 'oopsed')) || (() => false);
    const hasMulti: Selector<boolean> =
      select?.('bpf', ({ context }) => (context as Bpf).multiPrograms) ?? (() => false);
    const maxLinks: Selector<number> =
      select?.('bpf', ({ context }) => (context as Bpf).maxLinks) ?? (() => 0);
    const programNamed = (program: string) =>
      programsOf(scope).find(({ name }) => name === program)!;
    const programs = (record: number) => attached[record - 1]!();
    const imageIn = (record: number, trampoline: string | null) =>
      [true, false].some((alias) =>
        [true, false].some((one) => trampoline?.startsWith(`${fopsOf({ record, alias }, one)}.`)),
      )
        ? images[record - 1]!()
        : null;
    return {
      programs,
      knows: (program) =>
        programsOf(scope).some((one) => one.name === program && (!isMulti(one) || hasMulti())),
      exceeds(program) {
        const { records, copies } = programNamed(program);
        return records.some((record) => programs(record).length + copies > maxLinks());
      },
      hasOtherName(program) {
        const { records, alias } = programNamed(program);
        return programs(records[0]!).some((name) => programNamed(name).alias !== alias);
      },
      functionsOf: (program) => programNamed(program).records,
      get end() {
        return oopsed() ? 'OOPS' : undefined;
      },
      freedCall: (record) => (dangling[record - 1]!() ? 'PANIC' : undefined),
      attached: programs,
      /** From 7.0 on, an image that calls the function at its fixed address: bpf_trampoline_use_jmp(). */
      jumps: (record) => jumps[record - 1]!(),
      hits: ({ record, trampoline }) =>
        imageIn(record, trampoline)?.programs.filter((name) => programs(record).includes(name)) ??
        [],
      /** An image with fexit calls the function itself, at the ip on the stack or at its fixed address. */
      bodyRun(body, { record, trampoline }) {
        const image = imageIn(record, trampoline);
        return image?.callsFunction && !image.origStack ? 'original' : body;
      },
    };
  },
  reproducer,
});
