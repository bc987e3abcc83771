import { assign, emit, setup } from 'xstate';
import { type Call, EBUSY, type Kind, type OwnerKind, ownerOf, type Trampoline } from './words.js';

export interface OpsInput {
  readonly name: string;
  readonly kind: Kind;
  /** Of a direct ops: who answers for it. */
  readonly owner: OwnerKind;
  /** Of a direct ops: its filter is changed while it is enabled, too. */
  readonly edits: boolean;
}

interface Ops extends OpsInput {
  /** Records in the filter, ascending. */
  readonly filter: readonly number[];
  /** Of an enabled direct ops: the trampoline in force. */
  readonly trampoline: Trampoline | null;
  readonly spoiled: boolean;
}

type Word =
  | { type: 'add' | 'remove'; record: number }
  | { type: 'register' | 'unregister'; order: readonly number[] }
  | { type: 'modify' }
  | { type: 'enable' }
  | { type: 'disable'; spoiled: boolean; gone: boolean }
  | { type: 'refilter'; filter: readonly number[] }
  | { type: 'retarget' }
  | { type: 'covers?'; record: number }
  | { type: 'needs regs?'; record: number }
  | { type: 'SELF' | 'PEER' | 'DISABLE' };

const changed = ({ filter }: Ops, event: Word): readonly number[] => {
  if (event.type === 'add') return [...filter, event.record].sort((a, b) => a - b);
  if (event.type === 'remove') return filter.filter((record) => record !== event.record);
  return filter;
};

const callee = ({ name, trampoline }: Ops): string => `${name}.${trampoline ?? 'a'}`;
const other = ({ trampoline }: Ops): Trampoline => (trampoline === 'b' ? 'a' : 'b');

const call = (ops: Ops, rest: Pick<Call, 'request' | 'before' | 'after' | 'order'>) => ({
  type: 'request' as const,
  to: 'ftrace',
  ops: ops.name,
  kind: ops.kind,
  callee: callee(ops),
  wanted: `${ops.name}.${other(ops)}`,
  spoiled: ops.spoiled,
  ...rest,
});

const savesRegs = (kind: Kind) => kind !== 'tracer';
const mayBeEdited = ({ kind, edits }: Ops) => kind !== 'direct' || edits;
/** With an empty filter an ops covers everything; of an IPMODIFY or DIRECT ops the kernel refuses that. */
const mayNotCoverAll = (kind: Kind) => kind === 'ipmodify' || kind === 'direct';

/**
 * One `ftrace_ops` with its filter. Careful callers only: a record is added once, what is removed
 * is there, a tracer never gets an empty filter while it lives (it would trace everything).
 */
export const ops = setup({
  types: { context: {} as Ops, events: {} as Word, input: {} as OpsInput },
  guards: {
    'not in filter': ({ context, event }) =>
      event.type === 'add' && !context.filter.includes(event.record),
    'in filter': ({ context, event }) =>
      event.type === 'remove' && context.filter.includes(event.record),
    'only one in filter': ({ context, event }) =>
      event.type === 'remove' && context.filter.length === 1 && context.filter[0] === event.record,
    'not in filter, may be edited': ({ context, event }) =>
      event.type === 'add' && !context.filter.includes(event.record) && mayBeEdited(context),
    'in filter, may be edited, not the last of a tracer': ({ context, event }) =>
      event.type === 'remove' &&
      context.filter.includes(event.record) &&
      mayBeEdited(context) &&
      (context.filter.length > 1 || mayNotCoverAll(context.kind)),
    'order is of the filter': ({ context: { filter }, event }) =>
      (event.type === 'register' || event.type === 'unregister') &&
      filter.length > 0 &&
      filter.length === event.order.length &&
      event.order.every((record) => filter.includes(record)),
    'is direct': ({ context }) => context.kind === 'direct',
    'record in filter': ({ context, event }) =>
      event.type === 'covers?' && context.filter.includes(event.record),
    'needs regs there': ({ context, event }) =>
      event.type === 'needs regs?' &&
      savesRegs(context.kind) &&
      context.filter.includes(event.record),
    'has nobody to ask': ({ context }) => context.owner === 'absent',
    'goes for good and has an owner': ({ context, event }) =>
      event.type === 'disable' &&
      event.gone &&
      context.kind === 'direct' &&
      context.owner !== 'absent',
  },
  actions: {
    'change filter': assign({
      filter: ({ context, event }) =>
        event.type === 'refilter' ? event.filter : changed(context, event),
    }),
    'say done': emit({ type: 'returns', errno: 0 }),
    'say empty': emit(({ context }) => ({ type: 'done with', to: 'caller', ops: context.name })),
    'request register': emit(({ context, event }) =>
      call(context, {
        request: 'register',
        before: [],
        after: context.filter,
        order: 'order' in event ? event.order : [],
      }),
    ),
    'request unregister': emit(({ context, event }) =>
      call(context, {
        request: 'unregister',
        before: context.filter,
        after: [],
        order: 'order' in event ? event.order : [],
      }),
    ),
    'request refilter': emit(({ context, event }) =>
      call(context, {
        request: 'refilter',
        before: context.filter,
        after: changed(context, event),
        order: [],
      }),
    ),
    'request modify': emit(({ context }) =>
      call(context, {
        request: 'modify',
        before: context.filter,
        after: context.filter,
        order: [],
      }),
    ),
    'first trampoline': assign({
      trampoline: ({ context }) => (context.kind === 'direct' ? 'a' : null),
      spoiled: false,
    }),
    'other trampoline': assign({ trampoline: ({ context }) => other(context) }),
    'no trampoline': assign({
      trampoline: null,
      spoiled: ({ event }) => event.type === 'disable' && event.spoiled,
    }),
    'tell owner': emit(({ context }) => ({ type: 'detached', to: ownerOf(context.name) })),
    'ask owner': emit(({ context, event }) => ({
      type: event.type,
      to: ownerOf(context.name),
      ops: context.name,
    })),
    'say nobody': emit({ type: 'answer', to: 'ftrace', errno: EBUSY }),
    'say covers': emit({ type: 'covers', to: 'list' }),
    'say does not cover': emit({ type: 'does not cover', to: 'list' }),
    'say needs regs': emit({ type: 'needs regs', to: 'ftrace' }),
    'say needs none': emit({ type: 'needs none', to: 'ftrace' }),
  },
}).createMachine({
  id: 'ops',
  context: ({ input }) => ({ ...input, filter: [], trampoline: null, spoiled: false }),
  initial: 'idle',
  states: {
    idle: {
      on: {
        add: { guard: 'not in filter', actions: ['change filter', 'say done'] },
        remove: [
          { guard: 'only one in filter', actions: ['change filter', 'say empty', 'say done'] },
          { guard: 'in filter', actions: ['change filter', 'say done'] },
        ],
        register: { guard: 'order is of the filter', actions: 'request register' },
        'needs regs?': { actions: 'say needs none' },
        enable: { target: 'enabled', actions: 'first trampoline' },
      },
    },
    enabled: {
      on: {
        add: { guard: 'not in filter, may be edited', actions: 'request refilter' },
        remove: {
          guard: 'in filter, may be edited, not the last of a tracer',
          actions: 'request refilter',
        },
        unregister: { guard: 'order is of the filter', actions: 'request unregister' },
        modify: { guard: 'is direct', actions: 'request modify' },
        refilter: { actions: 'change filter' },
        retarget: { actions: 'other trampoline' },
        'covers?': [
          { guard: 'record in filter', actions: 'say covers' },
          { actions: 'say does not cover' },
        ],
        'needs regs?': [
          { guard: 'needs regs there', actions: 'say needs regs' },
          { actions: 'say needs none' },
        ],
        disable: [
          {
            guard: 'goes for good and has an owner',
            target: 'idle',
            actions: ['no trampoline', 'tell owner'],
          },
          { target: 'idle', actions: 'no trampoline' },
        ],
      },
    },
  },
  on: {
    SELF: [{ guard: 'has nobody to ask', actions: 'say nobody' }, { actions: 'ask owner' }],
    PEER: [{ guard: 'has nobody to ask', actions: 'say nobody' }, { actions: 'ask owner' }],
    DISABLE: [{ guard: 'has nobody to ask', actions: 'say nobody' }, { actions: 'ask owner' }],
  },
});
