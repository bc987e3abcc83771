import type { Selector } from '../../../src/model/network.js';
import {
  type ClientView,
  defineClient,
  FUNCTIONS,
  MODULE_FUNCTION,
  NO_FLAGS,
  type Numbers,
  onAndOff,
} from '../client.js';
import { fopsOf, bpf as machine } from './machine.js';
import { reproducer } from './reproducer.js';
import { COPIES, type Image, ignoresIp, isMulti, type Program } from './trampoline.js';
import { type Bpf, linkedTo, trampolineOf } from './update.js';

type Key = Program['type'] | 'pair' | 'many' | 'load' | 'multi';

const TYPES = ['fentry', 'fexit'] as const;

/**
 * The programs of a scope: fentry and fexit on function 1, fentry2 and fexit2 on function 2, further ones on function 1,
 * those of several functions on both. Alike ones are side by side.
 */
const programsOf = (scope: Numbers<Key>): readonly Program[] => {
  const isIn: Readonly<Record<string, (type: Program['type']) => boolean>> = {
    '': (type) => scope[type] > 0,
    '.second': (type) => TYPES.slice(0, scope.pair).includes(type),
    '.many': (type) => type === 'fentry' && scope.many > 0,
    '2': (type) => scope[type] > 1,
    '.multi': (type) => TYPES.slice(0, scope.multi).includes(type),
  };
  const named = (type: Program['type'], ...suffixes: readonly string[]) =>
    suffixes
      .filter((suffix) => isIn[suffix]!(type))
      .map((suffix) => ({
        name: `${type}${suffix}`,
        type,
        records: suffix === '.multi' ? FUNCTIONS : [suffix === '2' ? 2 : 1],
        copies: suffix === '.many' ? COPIES : 1,
      }));
  return [['', '.second', '.many'], ['2'], ['.multi']].flatMap((suffixes) =>
    TYPES.flatMap((type) => named(type, ...suffixes)),
  );
};
const functionsOf = (scope: Numbers<Key>): readonly number[] =>
  FUNCTIONS.filter((record) => programsOf(scope).some(({ records }) => records.includes(record)));

export interface BpfView extends ClientView {
  /** Names of the programs that are attached to a function, one for each link. */
  programs(record: number): readonly string[];
  /** Whether the kernel knows programs of this type. */
  knows(program: string): boolean;
  /** Whether a trampoline takes no more programs, or not all copies of this one. */
  exceeds(program: string): boolean;
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
    load: {
      most: 1,
      legend: () => 'A BPF program is loaded before its attach, and stays loaded until its unload.',
    },
  },
  machine,
  input: (scope, { dropsFunc, oneDirectOps, multiPrograms, maxLinks }) => ({
    programs: programsOf(scope).map((program) => ({ ...program, records: [...program.records] })),
    loads: scope.load > 0,
    dropsFunc,
    oneDirectOps,
    multiPrograms,
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
    [...new Set(functionsOf(scope).map((record) => fopsOf(record, oneDirectOps)))].map((name) => ({
      name,
      kind: 'direct',
      owner: 'bpf',
      flags: { ...NO_FLAGS, direct: true, regs: true },
    })),
  view(select, scope) {
    const none: Selector<readonly string[]> = () => [];
    const byRecord = <T>(pick: (bpf: Bpf, record: number) => T, absent: Selector<T>) =>
      [...FUNCTIONS, MODULE_FUNCTION].map((record) =>
        functionsOf(scope).includes(record)
          ? (select?.('bpf', ({ context }) => pick(context as Bpf, record)) ?? absent)
          : absent,
      );
    const images = byRecord<Image | null>(
      (one, r) => trampolineOf(one, r).image,
      () => null,
    );
    const attached = byRecord((one, r) => linkedTo(one, r).map(({ name }) => name), none);
    const jumps = byRecord<boolean>(
      (one, r) => one.oneDirectOps && ignoresIp(trampolineOf(one, r).image),
      () => false,
    );
    const dangling = byRecord<boolean>(
      (one, r) => trampolineOf(one, r).dangles,
      () => false,
    );
    const hasMulti: Selector<boolean> =
      select?.('bpf', ({ context }) => (context as Bpf).multiPrograms) ?? (() => false);
    const maxLinks: Selector<number> =
      select?.('bpf', ({ context }) => (context as Bpf).maxLinks) ?? (() => 0);
    const programNamed = (program: string) =>
      programsOf(scope).find(({ name }) => name === program)!;
    const programs = (record: number) => attached[record - 1]!();
    const imageIn = (record: number, trampoline: string | null) =>
      [true, false].some((one) => trampoline?.startsWith(`${fopsOf(record, one)}.`))
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
      functionsOf: (program) => programNamed(program).records,
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
