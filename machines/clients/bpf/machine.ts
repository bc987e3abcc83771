import { assign, emit, setup } from 'xstate';
import type { Message } from '../../../src/model/network.js';
import { emitAll } from '../../emitAll.js';
import { EAGAIN, type From, replyTo } from '../../events.js';
import type { Returns } from '../client.js';
import type { KernelFixes } from '../kernelFixes.js';

export const FOPS = 'fops';

/** A BPF program, by where it is attached. */
export type Program = 'fentry' | 'fexit';

/** The image of a trampoline: the programs that it calls, and the address by which it calls the function. */
export interface Image {
  readonly fentry: boolean;
  readonly fexit: boolean;
  /** BPF_TRAMP_F_ORIG_STACK: the image calls the ip saved on the stack, which others may have changed. */
  readonly origStack: boolean;
}

type BpfInput = Pick<KernelFixes, 'dropsFunc'>;

export interface Bpf extends BpfInput {
  /** BPF_TRAMP_F_SHARE_IPMODIFY */
  readonly share: boolean;
  /** The image being built, for the programs that an attach or detach leaves. */
  readonly next: Image | null;
  /** cur_image: the last image whose registration was accepted. */
  readonly image: Image | null;
  /** The value of `share` before the update. */
  readonly sharedBefore: boolean;
  readonly errno: number;
  /** The component that waits for its answer while it modifies its ops; empty otherwise. */
  readonly asker: string;
}

type BpfEvent =
  | { type: 'attach' | 'detach'; program: Program }
  | ({ type: 'SELF' | 'PEER' | 'DISABLE' } & From)
  | Returns;

/** The programs that an image calls. */
export const programsOf = (image: Image | null): readonly Program[] =>
  (['fentry', 'fexit'] as const).filter((program) => image?.[program]);

/** Whether the image calls the function at its fixed address, regardless of a changed ip. */
const ignoresIp = (image: Image | null): boolean => image?.fexit === true && !image.origStack;

const made = (programs: readonly Program[], share: boolean): Image | null =>
  programs.length === 0
    ? null
    : {
        fentry: programs.includes('fentry'),
        fexit: programs.includes('fexit'),
        origStack: share && programs.includes('fexit'),
      };

const failed = ({ event }: { event: BpfEvent }) => event.type === 'returns' && event.errno < 0;
const toOps = (message: Message) =>
  emitAll<Bpf, BpfEvent>(() => [{ ...message, to: FOPS, from: 'bpf' }]);
const answer = (errno: number) =>
  emitAll<Bpf, BpfEvent>((_, event) => [{ type: 'answer', ...replyTo(event), errno }]);

/** SELF, which register or modify of its own ops sends. */
const asked = {
  SELF: [
    { guard: 'next ignores the ip', actions: ['share', 'say try again'] },
    { actions: 'say yes' },
  ],
} as const;

/**
 * The BPF trampoline of function 1, struct bpf_trampoline, from the first program to the last.
 * bpf_trampoline_update() builds an image for the programs, and registers or modifies its direct ops. It repeats that
 * with another image if its own callback (bpf_tramp_ftrace_ops_func()) returned -EAGAIN. The trampoline ends with its
 * last program.
 */
export const bpf = setup({
  types: { context: {} as Bpf, events: {} as BpfEvent, input: {} as BpfInput },
  guards: {
    'is not attached': ({ context, event }) =>
      'program' in event && !context.image?.[event.program],
    'is the last one': ({ context: { image }, event }) =>
      'program' in event && image?.[event.program] === true && programsOf(image).length === 1,
    'is attached': ({ context, event }) =>
      'program' in event && context.image?.[event.program] === true,
    'has an image': ({ context }) => context.image !== null,
    'next ignores the ip': ({ context }) => ignoresIp(context.next),
    'image ignores the ip': ({ context }) => ignoresIp(context.image),
    'image minds the ip': ({ context }) => context.image?.origStack === true,
    failed,
    'is to try again': ({ event }) => event.type === 'returns' && event.errno === EAGAIN,
    'is to try again, drops func': ({ context, event }) =>
      event.type === 'returns' && event.errno === EAGAIN && context.dropsFunc,
  },
  actions: {
    want: assign(({ context, event }) => {
      const { image, share } = context;
      const programs = programsOf(image);
      const program = 'program' in event ? event.program : 'fentry';
      const wanted = programs.includes(program)
        ? programs.filter((p) => p !== program)
        : [...programs, program];
      return { sharedBefore: share, next: made(wanted, share) };
    }),
    'want the same': assign(({ context: { image, share } }) => ({
      sharedBefore: share,
      next: made(programsOf(image), share),
    })),
    'make another': assign(({ context: { next, share } }) => ({
      next: made(programsOf(next), share),
    })),
    share: assign({ share: true }),
    'share no more': assign({ share: false }),
    'take into use': assign(({ context: { next, share } }) => ({
      image: next,
      share: next === null ? false : share,
      next: null,
      sharedBefore: false,
      errno: 0,
    })),
    'keep what was': assign(({ context, event }) => ({
      share: context.image === null ? false : context.sharedBefore,
      next: null,
      sharedBefore: false,
      errno: event.type === 'returns' ? event.errno : 0,
    })),
    'forget errno': assign({ errno: 0 }),
    'new ops': toOps({ type: 'renew' }),
    'set filter': toOps({ type: 'add', records: [1] }),
    register: toOps({ type: 'register', order: [1] }),
    unregister: toOps({ type: 'unregister', order: [1] }),
    modify: toOps({ type: 'modify', records: [] }),
    'drop func': toOps({ type: 'drop func' }),
    'say try again': answer(EAGAIN),
    'say yes': answer(0),
    'say answer': emit(({ context: { errno, asker } }) => ({ type: 'answer', to: asker, errno })),
    'note asker': assign({ asker: ({ event }) => ('from' in event ? event.from : '') }),
    'forget asker': assign({ asker: '' }),
    'say errno': emit(({ context }) => ({ type: 'returns', errno: context.errno })),
  },
}).createMachine({
  id: 'bpf',
  context: ({ input }) => ({
    ...input,
    share: false,
    next: null,
    image: null,
    sharedBefore: false,
    errno: 0,
    asker: '',
  }),
  initial: 'rest',
  states: {
    rest: {
      on: {
        attach: { guard: 'is not attached', target: 'updating', actions: 'want' },
        detach: [
          { guard: 'is the last one', target: 'unregistering', actions: ['want', 'unregister'] },
          { guard: 'is attached', target: 'updating', actions: 'want' },
        ],
        PEER: [
          {
            guard: 'image ignores the ip',
            target: 'adjusting',
            actions: ['note asker', 'share', 'want the same', 'modify'],
          },
          { actions: ['share', 'say yes'] },
        ],
        DISABLE: [
          {
            guard: 'image minds the ip',
            target: 'adjusting',
            actions: ['note asker', 'share no more', 'want the same', 'modify'],
          },
          { actions: ['share no more', 'say yes'] },
        ],
      },
    },

    updating: {
      always: [
        { guard: 'has an image', target: 'modifying', actions: 'modify' },
        { target: 'setting filter', actions: ['new ops', 'set filter'] },
      ],
    },
    'setting filter': {
      on: { returns: { target: 'registering', actions: 'register' } },
    },
    registering: {
      on: {
        ...asked,
        returns: [
          { guard: 'is to try again', target: 'updating', actions: 'make another' },
          { guard: 'failed', target: 'done', actions: ['keep what was', 'new ops'] },
          { target: 'done', actions: 'take into use' },
        ],
      },
    },
    modifying: {
      on: {
        ...asked,
        returns: [
          {
            guard: 'is to try again, drops func',
            target: 'updating',
            actions: ['drop func', 'make another'],
          },
          { guard: 'is to try again', target: 'updating', actions: 'make another' },
          { guard: 'failed', target: 'done', actions: 'keep what was' },
          { target: 'done', actions: 'take into use' },
        ],
      },
    },
    unregistering: {
      on: { returns: { target: 'done', actions: ['take into use', 'new ops'] } },
    },
    done: { always: { target: 'rest', actions: ['say errno', 'forget errno'] } },

    /** Modifies its ops while ftrace waits for its answer. */
    adjusting: {
      on: {
        ...asked,
        returns: [
          { guard: 'failed', target: 'adjusted', actions: 'keep what was' },
          { target: 'adjusted', actions: 'take into use' },
        ],
      },
    },
    adjusted: {
      always: { target: 'rest', actions: ['say answer', 'forget errno', 'forget asker'] },
    },
  },
});
