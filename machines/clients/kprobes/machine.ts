import { assign, emit, setup } from 'xstate';
import { emitAll } from '../../emitAll.js';
import { EBUSY, EINVAL, ENOENT, type From } from '../../events.js';
import { MODULE_FUNCTION, type Returns } from '../client.js';
import type { KernelFixes } from '../kernelFixes.js';
import {
  type Aggregate,
  disabled,
  enabled,
  has,
  IPMODIFY,
  isEnabled,
  joined,
  killed,
  left,
  noProbes,
  PLAIN,
  type Probe,
  revived,
  type SharedOps,
  unregistered,
  waits,
} from './probe.js';

interface KprobesInput
  extends Pick<KernelFixes, 'alwaysIpmodify' | 'clearsPostHandler' | 'losesArmErrors'> {
  readonly functions: readonly number[];
  /** Keep the order of the probes, which has an effect if one of them changes the ip. */
  readonly ordered: boolean;
  /** Functions of a module that is not loaded. */
  readonly absent: readonly number[];
}

type ModuleEvent = { type: 'module coming' | 'module going' } & From;

/** A call of the core that its caller waits for. */
interface Order {
  readonly type:
    | 'register kprobe'
    | 'unregister kprobe'
    | 'enable kprobe'
    | 'disable kprobe'
    | ModuleEvent['type'];
  readonly probe: Probe;
}

export interface Kprobes extends KprobesInput {
  readonly aggregates: readonly Aggregate[];
  /** Probes that are not there although register_kprobe() returned 0. */
  readonly lost: readonly Probe[];
  /** Number of functions that the core counts as armed with each ops. */
  readonly uses: Readonly<Record<SharedOps, number>>;
  readonly order: Order | null;
  readonly errno: number;
  /** The core failed to disarm a function before: WARN_ONCE() in __disarm_kprobe_ftrace(). */
  readonly hasWarned: boolean;
}

type KprobesEvent =
  | (Order & { readonly type: Exclude<Order['type'], ModuleEvent['type']> })
  | ModuleEvent
  | Returns;
interface Asked {
  readonly context: Kprobes;
  readonly event: KprobesEvent;
}

/** Stands for all probes of the module's function, while the module goes. */
const OF_MODULE: Probe = {
  name: '',
  record: MODULE_FUNCTION,
  postHandler: false,
  override: false,
  event: false,
  kretprobe: false,
};

const isOfModule = (event: KprobesEvent): event is ModuleEvent =>
  event.type === 'module coming' || event.type === 'module going';
const orderOf = ({ order }: Kprobes, event: KprobesEvent): Order =>
  'probe' in event ? event : isOfModule(event) ? { type: event.type, probe: OF_MODULE } : order!;
const at = (context: Kprobes, event: KprobesEvent): Aggregate =>
  context.aggregates.find(({ record }) => record === orderOf(context, event).probe.record)!;

const isLost = ({ context, event }: Asked) =>
  context.lost.some(({ name }) => name === orderOf(context, event).probe.name);
const isRegistered = ({ context, event }: Asked) =>
  has(at(context, event), orderOf(context, event).probe);
const isOn = ({ context, event }: Asked) =>
  isRegistered({ context, event }) && isEnabled(at(context, event), orderOf(context, event).probe);
/** Whether tracefs has the event enabled. */
const isEventEnabled = ({ context, event }: Asked) => {
  const { probe } = orderOf(context, event);
  return (
    probe.event &&
    has(at(context, event), probe) &&
    !at(context, event).disabled.includes(probe.name)
  );
};
/** An enabled event on the module's function. */
const enabledEvent = (context: Kprobes, event: KprobesEvent) =>
  at(context, event).probes.find(
    (one) => one.event && !at(context, event).disabled.includes(one.name),
  );
/** The probe is the only enabled one of an armed function. */
const isLastEnabled = ({ context, event }: Asked) =>
  isOn({ context, event }) &&
  at(context, event).probes.filter((one) => isEnabled(at(context, event), one)).length === 1;
const isGone = ({ context, event }: Asked) =>
  at(context, event).gone.includes(orderOf(context, event).probe.name);
const isDisabled = (asked: Asked) => isRegistered(asked) && !isOn(asked) && !isGone(asked);
const isOfEvent = ({ context, event }: Asked) => orderOf(context, event).probe.event;
const isAbsent = ({ context, event }: Asked) =>
  context.absent.includes(orderOf(context, event).probe.record);
/** The address of the function decides whether such a probe would join probes of before. */
const joinsGone = (asked: Asked) =>
  !isOfEvent(asked) && at(asked.context, asked.event).gone.length > 0;
const isNew = (asked: Asked) => !isRegistered(asked) && !isLost(asked) && !joinsGone(asked);
const isArmed = ({ context, event }: Asked) => at(context, event).armedWith !== null;

/** The ops for a function. The core chooses it anew each time, by the present post_handler of the probe or aggregate. */
const chosen = (context: Kprobes, event: KprobesEvent): SharedOps =>
  at(context, event).postHandler || context.alwaysIpmodify ? IPMODIFY : PLAIN;

const uses = (context: Kprobes, event: KprobesEvent) => context.uses[chosen(context, event)];
const counted = (context: Kprobes, event: KprobesEvent, by: number) => ({
  uses: { ...context.uses, [chosen(context, event)]: uses(context, event) + by },
});

/** The probes after a change of those of the order's function. */
const changed = (
  context: Kprobes,
  event: KprobesEvent,
  to: (aggregate: Aggregate, probe: Probe) => Aggregate,
) => {
  const now = at(context, event);
  const next = to(now, orderOf(context, event).probe);
  return { aggregates: context.aggregates.map((one) => (one === now ? next : one)) };
};

/** Sends the chosen ops a message about the function of the order. */
const toChosen = (type: 'add' | 'remove') =>
  emitAll<Kprobes, KprobesEvent>((context, event) => [
    {
      type,
      to: chosen(context, event),
      from: 'kprobes',
      records: [at(context, event).record],
    },
  ]);

/** Functions in the filter of the chosen ops. The core registers it for one function, unregisters it for the last. */
const filterOf = (context: Kprobes, event: KprobesEvent): readonly number[] =>
  context.aggregates
    .filter(({ armedWith }) => armedWith === chosen(context, event))
    .map(({ record }) => record);

/** The guards and actions of the kprobe core. */
const parts = setup({
  types: { context: {} as Kprobes, events: {} as KprobesEvent, input: {} as KprobesInput },
  guards: {
    'is lost': isLost,
    'is new': isNew,
    'is new, needs no arming': (asked) => isNew(asked) && (isArmed(asked) || isOfEvent(asked)),
    'is new, function is absent': (asked) =>
      !isRegistered(asked) && !isLost(asked) && isAbsent(asked) && !isOfEvent(asked),
    // __register_trace_kprobe() for a symbol with the name of a module
    'is a new event, function is absent': (asked) =>
      !isRegistered(asked) && isAbsent(asked) && isOfEvent(asked),
    // __enable_trace_kprobe() leaves out a probe that is gone.
    'is a disabled event that waits': (asked) =>
      isGone(asked) && isOfEvent(asked) && !isEventEnabled(asked),
    'is an enabled event that waits': (asked) => isGone(asked) && isEventEnabled(asked),
    'is armed': isArmed,
    'has an enabled event there': ({ context, event }) =>
      enabledEvent(context, event) !== undefined,
    'module comes': ({ context }) => context.order?.type === 'module coming',
    'module goes': ({ context }) => context.order?.type === 'module going',
    'failed, module goes': ({ context, event }) =>
      event.type === 'returns' && event.errno < 0 && context.order?.type === 'module going',
    'is there': isRegistered,
    'is enabled': isOn,
    // unregister_trace_kprobe()
    'is an enabled event': isEventEnabled,
    'is the last enabled': isLastEnabled,
    'is disabled': isDisabled,
    'is disabled, others are armed': (asked) => isDisabled(asked) && isArmed(asked),
    'one function uses the ops': ({ context, event }) => uses(context, event) === 1,
    'no function uses the ops': ({ context, event }) => uses(context, event) === 0,
    failed: ({ event }) => event.type === 'returns' && event.errno < 0,
    'registers the first probe, loses the error': ({ context, event }) =>
      context.losesArmErrors &&
      context.order?.type === 'register kprobe' &&
      at(context, event).probes.length === 1,
    registers: ({ context }) => context.order?.type === 'register kprobe',
    unregisters: ({ context }) => context.order?.type === 'unregister kprobe',
    // unregister_kprobe() returns nothing, and disable_trace_kprobe() ignores the errno of disable_kprobe().
    'reports a failure': ({ context: { order } }) =>
      order?.type === 'disable kprobe' && !order.probe.event,
  },
  actions: {
    'take order': assign({ order: ({ context, event }) => orderOf(context, event) }),
    join: assign(({ context, event }) =>
      changed(context, event, (all, probe) => joined(all, probe, context.ordered)),
    ),
    'leave again': assign(({ context, event }) => changed(context, event, left)),
    leave: assign(({ context, event }) =>
      changed(context, event, (all, probe) => unregistered(all, probe, context.clearsPostHandler)),
    ),
    wait: assign(({ context, event }) => changed(context, event, waits)),
    'module is there': assign({ absent: [] }),
    'become gone': assign(({ context, event }) => ({
      ...changed(context, event, killed),
      absent: [MODULE_FUNCTION],
    })),
    'revive events': assign(({ context, event }) => changed(context, event, revived)),
    'take order of event': assign({
      order: ({ context, event }) => ({
        type: 'module coming',
        probe: enabledEvent(context, event)!,
      }),
    }),
    enable: assign(({ context, event }) => changed(context, event, enabled)),
    disable: assign(({ context, event }) => changed(context, event, disabled)),
    arm: assign(({ context, event }) => ({
      ...changed(context, event, (all) => ({ ...all, armedWith: chosen(context, event) })),
      ...counted(context, event, 1),
    })),
    disarm: assign(({ context, event }) =>
      changed(context, event, (all) => ({ ...all, armedWith: null })),
    ),
    'count down': assign(({ context, event }) => counted(context, event, -1)),
    'note errno': assign({ errno: ({ event }) => (event.type === 'returns' ? event.errno : 0) }),
    lose: assign(({ context, event }) => ({
      lost: [...context.lost, orderOf(context, event).probe].sort((a, b) =>
        a.name < b.name ? -1 : 1,
      ),
      errno: 0,
    })),
    'forget lost': assign(({ context, event }) => ({
      lost: context.lost.filter(({ name }) => name !== orderOf(context, event).probe.name),
    })),
    'forget order': assign({ order: null, errno: 0 }),
    'add to filter': toChosen('add'),
    'remove from filter': toChosen('remove'),
    'register ops': emit(({ context, event }) => ({
      type: 'register',
      to: chosen(context, event),
      from: 'kprobes',
      order: [...filterOf(context, event), at(context, event).record].sort((a, b) => a - b),
    })),
    'unregister ops': emit(({ context, event }) => ({
      type: 'unregister',
      to: chosen(context, event),
      from: 'kprobes',
      order: filterOf(context, event),
    })),
    'warn once': emitAll<Kprobes, KprobesEvent>(({ hasWarned }) =>
      hasWarned ? [] : [{ type: 'WARN' }],
    ),
    'note warning': assign({ hasWarned: true }),
    'say no entry': emit({ type: 'returns', errno: ENOENT }),
    'reply errno': emit(({ context }) => ({
      type: 'returns',
      to: 'module',
      errno: context.errno,
    })),
    'say done': emit({ type: 'returns', errno: 0 }),
    'say invalid': emit({ type: 'returns', errno: EINVAL }),
    'say busy': emit({ type: 'returns', errno: EBUSY }),
    'say errno': emit(({ context }) => ({ type: 'returns', errno: context.errno })),
  },
});

/**
 * The kprobe core, kernel/kprobes.c, as far as it calls ftrace. It arms the probes of a function once:
 * arm_kprobe_ftrace() when the first one is enabled, disarm_kprobe_ftrace() when no enabled one is left. Other probes
 * only join and leave an aggregate.
 */
export const kprobes = parts.createMachine({
  id: 'kprobes',
  context: ({ input }) => ({
    ...input,
    aggregates: input.functions.map((record) => ({ record, ...noProbes })),
    lost: [],
    uses: { [PLAIN]: 0, [IPMODIFY]: 0 },
    order: null,
    errno: 0,
    hasWarned: false,
  }),
  initial: 'rest',
  states: {
    rest: {
      on: {
        'register kprobe': [
          { guard: 'is new, function is absent', actions: 'say no entry' },
          { guard: 'is a new event, function is absent', actions: ['wait', 'say done'] },
          { guard: 'is new, needs no arming', actions: ['join', 'say done'] },
          { guard: 'is new', target: 'adding', actions: ['take order', 'join', 'add to filter'] },
        ],
        'unregister kprobe': [
          { guard: 'is lost', actions: ['forget lost', 'say done'] },
          { guard: 'is an enabled event', actions: 'say busy' },
          { guard: 'is the last enabled', target: 'disarming', actions: 'take order' },
          { guard: 'is there', actions: ['leave', 'say done'] },
        ],
        'enable kprobe': [
          { guard: 'is lost', actions: 'say invalid' },
          { guard: 'is a disabled event that waits', actions: ['enable', 'say done'] },
          { guard: 'is disabled, others are armed', actions: ['enable', 'say done'] },
          {
            guard: 'is disabled',
            target: 'adding',
            actions: ['take order', 'enable', 'add to filter'],
          },
        ],
        'disable kprobe': [
          { guard: 'is lost', actions: 'say invalid' },
          { guard: 'is an enabled event that waits', actions: ['disable', 'say done'] },
          { guard: 'is the last enabled', target: 'disarming', actions: 'take order' },
          { guard: 'is enabled', actions: ['disable', 'say done'] },
        ],
        // trace_kprobe_module_callback()
        'module coming': [
          {
            guard: 'has an enabled event there',
            target: 'adding',
            actions: ['take order of event', 'module is there', 'revive events', 'add to filter'],
          },
          { actions: ['module is there', 'revive events', 'reply errno'] },
        ],
        // kprobes_module_callback(), kill_kprobe()
        'module going': [
          { guard: 'is armed', target: 'disarming', actions: 'take order' },
          { actions: ['become gone', 'reply errno'] },
        ],
      },
    },

    // __arm_kprobe_ftrace()
    adding: {
      on: {
        returns: [
          { guard: 'failed', target: 'not armed', actions: 'note errno' },
          { guard: 'no function uses the ops', target: 'registering', actions: 'register ops' },
          { target: 'done', actions: 'arm' },
        ],
      },
    },
    registering: {
      on: {
        returns: [
          { guard: 'failed', target: 'giving up', actions: ['note errno', 'remove from filter'] },
          { target: 'done', actions: 'arm' },
        ],
      },
    },
    'giving up': { on: { returns: 'not armed' } },
    // register_aggr_kprobe() leaves the post_handler of the new probe to the aggregate
    'not armed': {
      always: [
        {
          guard: 'registers the first probe, loses the error',
          target: 'done',
          actions: ['leave again', 'lose'],
        },
        { guard: 'registers', target: 'done', actions: 'leave again' },
        { target: 'done', actions: 'disable' },
      ],
    },

    // __disarm_kprobe_ftrace()
    disarming: {
      always: [
        { guard: 'one function uses the ops', target: 'unregistering', actions: 'unregister ops' },
        { target: 'removing', actions: ['count down', 'remove from filter'] },
      ],
    },
    unregistering: {
      on: { returns: { target: 'removing', actions: ['count down', 'remove from filter'] } },
    },
    removing: {
      on: {
        returns: [
          {
            guard: 'failed, module goes',
            target: 'done',
            actions: ['warn once', 'note warning', 'note errno', 'become gone'],
          },
          { guard: 'module goes', target: 'done', actions: 'become gone' },
          { guard: 'failed', target: 'reporting', actions: ['warn once', 'note errno'] },
          { guard: 'unregisters', target: 'done', actions: ['disarm', 'leave'] },
          { target: 'done', actions: ['disarm', 'disable'] },
        ],
      },
    },
    done: {
      always: [
        { guard: 'module comes', target: 'rest', actions: ['reply errno', 'forget order'] },
        { guard: 'module goes', target: 'rest', actions: ['reply errno', 'forget order'] },
        { target: 'rest', actions: ['say errno', 'forget order'] },
      ],
    },

    reporting: {
      always: [
        { guard: 'reports a failure', target: 'not disarmed', actions: 'say errno' },
        { target: 'not disarmed', actions: 'say done' },
      ],
    },
    /**
     * The core counts one function less than the ops has, and the probe stays enabled. After unregister_kprobe() its
     * caller frees it, so use after free follows.
     */
    'not disarmed': {},
  },
});
