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
import { type Image, ignoresIp, isMulti, type Program } from './trampoline.js';
import { attachedTo, type Bpf, trampolineOf } from './update.js';

type Key = Program['type'] | 'load' | 'multi';

const TYPES = ['fentry', 'fexit'] as const;

/** The programs of a scope: fentry and fexit on function 1, fentry2 and fexit2 on function 2, others on both. */
const programsOf = (scope: Numbers<Key>): readonly Program[] => [
  ...FUNCTIONS.flatMap((record) =>
    TYPES.filter((type) => scope[type] >= record).map((type) => ({
      name: record === 1 ? type : `${type}${record}`,
      type,
      records: [record],
    })),
  ),
  ...TYPES.slice(0, scope.multi).map((type) => ({
    name: `${type}.multi`,
    type,
    records: FUNCTIONS,
  })),
];
const functionsOf = (scope: Numbers<Key>): readonly number[] =>
  FUNCTIONS.filter((record) => programsOf(scope).some(({ records }) => records.includes(record)));

export interface BpfView extends ClientView {
  /** Names of the programs that are attached to a function. */
  programs(record: number): readonly string[];
  /** Whether the kernel knows programs of this type. */
  knows(program: string): boolean;
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
  input: (scope, { dropsFunc, oneDirectOps, multiPrograms }) => ({
    programs: programsOf(scope).map((program) => ({ ...program, records: [...program.records] })),
    loads: scope.load > 0,
    dropsFunc,
    oneDirectOps,
    multiPrograms,
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
    const attached = byRecord((one, r) => attachedTo(one, r).map(({ name }) => name), none);
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
    const programs = (record: number) => attached[record - 1]!();
    const imageIn = (record: number, trampoline: string | null) =>
      [true, false].some((one) => trampoline?.startsWith(`${fopsOf(record, one)}.`))
        ? images[record - 1]!()
        : null;
    return {
      programs,
      knows: (program) =>
        programsOf(scope).some((one) => one.name === program && (!isMulti(one) || hasMulti())),
      functionsOf: (program) => programsOf(scope).find(({ name }) => name === program)!.records,
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
