import { assign, emit, setup } from 'xstate';
import { emitAll } from '../../emitAll.js';
import type { Returns } from '../client.js';
import type { KernelFixes } from '../kernelFixes.js';

export const PLAIN = 'kprobe_ftrace_ops';
export const IPMODIFY = 'kprobe_ipmodify_ops';
export type SharedOps = typeof PLAIN | typeof IPMODIFY;

/** A kprobe, as the module that registers it defines it. */
export interface Probe {
  readonly name: string;
  readonly record: number;
  /** The probe has a post_handler; then the core arms it with the ops that has IPMODIFY. */
  readonly postHandler: boolean;
  /** Its pre_handler sets the ip to another function and returns 1. */
  readonly override: boolean;
}

interface KprobesInput extends Pick<KernelFixes, 'alwaysIpmodify' | 'clearsPostHandler'> {
  readonly functions: readonly number[];
  /** Keep the order of the probes, which has an effect if one of them changes the ip. */
  readonly ordered: boolean;
}

/** The probes of one function: one alone, or an aggregate. */
export interface Aggregate {
  readonly record: number;
  /** Newest first if `ordered`, else by name. */
  readonly probes: readonly Probe[];
  /** The probe, or the aggregate of several, has a post_handler. */
  readonly postHandler: boolean;
  readonly armedWith: SharedOps | null;
}

export interface Kprobes extends KprobesInput {
  readonly aggregates: readonly Aggregate[];
  /** Number of functions that the core counts as armed with each ops. */
  readonly uses: Readonly<Record<SharedOps, number>>;
  /** The probe that is being registered or unregistered. */
  readonly probe: Probe | null;
  readonly errno: number;
}

type KprobesEvent = { type: 'register kprobe' | 'unregister kprobe'; probe: Probe } | Returns;

const probeOf = (context: Kprobes, event: KprobesEvent) =>
  'probe' in event ? event.probe : context.probe!;
const at = (kprobes: Kprobes, { record }: Probe): Aggregate =>
  kprobes.aggregates.find((a) => a.record === record)!;
const includes = ({ probes }: Aggregate, { name }: Probe) => probes.some((p) => p.name === name);
const isOn = (context: Kprobes, event: KprobesEvent) =>
  includes(at(context, probeOf(context, event)), probeOf(context, event));
const alone = (context: Kprobes, event: KprobesEvent) =>
  at(context, probeOf(context, event)).probes.length === 1;

/** The ops for a probe. The core chooses it anew each time, by the present post_handler of the probe or aggregate. */
function chosen(context: Kprobes, event: KprobesEvent): SharedOps {
  const { probes, postHandler } = at(context, probeOf(context, event));
  const has = probes.length === 0 ? probeOf(context, event).postHandler : postHandler;
  return has || context.alwaysIpmodify ? IPMODIFY : PLAIN;
}

const uses = (context: Kprobes, event: KprobesEvent) => context.uses[chosen(context, event)];
const counted = (context: Kprobes, event: KprobesEvent, by: number) => ({
  uses: { ...context.uses, [chosen(context, event)]: uses(context, event) + by },
});
const changed = (
  { aggregates }: Kprobes,
  { record }: Probe,
  change: (aggregate: Aggregate) => Partial<Aggregate>,
) => ({
  aggregates: aggregates.map((a) => (a.record === record ? { ...a, ...change(a) } : a)),
});
const empty = { probes: [], postHandler: false, armedWith: null };

/** Sends the chosen ops a message about the function of the probe. */
const toChosen = (type: 'add' | 'remove') =>
  emitAll<Kprobes, KprobesEvent>((context, event) => [
    {
      type,
      to: chosen(context, event),
      from: 'kprobes',
      records: [probeOf(context, event).record],
    },
  ]);

/** Functions in the filter of the chosen ops. The core registers it for one function, unregisters it for the last. */
const filterOf = (context: Kprobes, event: KprobesEvent): readonly number[] =>
  context.aggregates
    .filter(({ armedWith }) => armedWith === chosen(context, event))
    .map(({ record }) => record);

/**
 * The kprobe core, kernel/kprobes.c, as far as it calls ftrace. It arms the probes of a function once:
 * arm_kprobe_ftrace() with the first probe, disarm_kprobe_ftrace() with the last. Probes between these only join and
 * leave an aggregate.
 */
export const kprobes = setup({
  types: { context: {} as Kprobes, events: {} as KprobesEvent, input: {} as KprobesInput },
  guards: {
    'is the first': ({ context, event }) =>
      at(context, probeOf(context, event)).probes.length === 0,
    'joins others': ({ context, event }) => !isOn(context, event),
    'is the last, nobody else uses the ops': ({ context, event }) =>
      isOn(context, event) && alone(context, event) && uses(context, event) === 1,
    'is the last': ({ context, event }) => isOn(context, event) && alone(context, event),
    'leaves others': ({ context, event }) => isOn(context, event),
    failed: ({ event }) => event.type === 'returns' && event.errno < 0,
    'nobody uses the ops': ({ context, event }) => uses(context, event) === 0,
  },
  actions: {
    'note probe': assign({ probe: ({ context, event }) => probeOf(context, event) }),
    join: assign(({ context, event }) => {
      const probe = probeOf(context, event);
      return changed(context, probe, ({ probes, postHandler }) => ({
        probes: context.ordered
          ? [probe, ...probes]
          : [probe, ...probes].sort((a, b) => (a.name < b.name ? -1 : 1)),
        postHandler: postHandler || probe.postHandler,
      }));
    }),
    leave: assign(({ context, event }) => {
      const probe = probeOf(context, event);
      return changed(context, probe, ({ probes, postHandler }) => {
        const left = probes.filter(({ name }) => name !== probe.name);
        return {
          probes: left,
          postHandler:
            postHandler && (!context.clearsPostHandler || left.some((p) => p.postHandler)),
        };
      });
    }),
    arm: assign(({ context, event }) => ({
      ...changed(context, probeOf(context, event), () => ({
        probes: [probeOf(context, event)],
        postHandler: probeOf(context, event).postHandler,
        armedWith: chosen(context, event),
      })),
      ...counted(context, event, 1),
      probe: null,
    })),
    'count down': assign(({ context, event }) => counted(context, event, -1)),
    disarm: assign(({ context, event }) => ({
      ...changed(context, probeOf(context, event), () => empty),
      probe: null,
    })),
    'note errno': assign({ errno: ({ event }) => (event.type === 'returns' ? event.errno : 0) }),
    'forget probe': assign({ probe: null, errno: 0 }),
    'add to filter': toChosen('add'),
    'remove from filter': toChosen('remove'),
    'register ops': emit(({ context, event }) => ({
      type: 'register',
      to: chosen(context, event),
      from: 'kprobes',
      order: [probeOf(context, event).record],
    })),
    'unregister ops': emit(({ context, event }) => ({
      type: 'unregister',
      to: chosen(context, event),
      from: 'kprobes',
      order: filterOf(context, event),
    })),
    warn: emit({ type: 'WARN' }),
    'say done': emit({ type: 'returns', errno: 0 }),
    'say errno': emit(({ context }) => ({ type: 'returns', errno: context.errno })),
  },
}).createMachine({
  id: 'kprobes',
  context: ({ input }) => ({
    ...input,
    aggregates: input.functions.map((record) => ({ record, ...empty })),
    uses: { [PLAIN]: 0, [IPMODIFY]: 0 },
    probe: null,
    errno: 0,
  }),
  initial: 'rest',
  states: {
    rest: {
      on: {
        'register kprobe': [
          { guard: 'is the first', target: 'adding', actions: ['note probe', 'add to filter'] },
          { guard: 'joins others', actions: ['join', 'say done'] },
        ],
        'unregister kprobe': [
          {
            guard: 'is the last, nobody else uses the ops',
            target: 'unregistering',
            actions: ['note probe', 'unregister ops'],
          },
          {
            guard: 'is the last',
            target: 'removing',
            actions: ['note probe', 'count down', 'remove from filter'],
          },
          { guard: 'leaves others', actions: ['leave', 'say done'] },
        ],
      },
    },

    // __arm_kprobe_ftrace()
    adding: {
      on: {
        returns: [
          { guard: 'failed', target: 'not armed', actions: 'note errno' },
          { guard: 'nobody uses the ops', target: 'registering', actions: 'register ops' },
          { target: 'rest', actions: ['arm', 'say done'] },
        ],
      },
    },
    registering: {
      on: {
        returns: [
          { guard: 'failed', target: 'giving up', actions: ['note errno', 'remove from filter'] },
          { target: 'rest', actions: ['arm', 'say done'] },
        ],
      },
    },
    'giving up': { on: { returns: 'not armed' } },
    'not armed': { always: { target: 'rest', actions: ['say errno', 'forget probe'] } },

    // __disarm_kprobe_ftrace()
    unregistering: {
      on: { returns: { target: 'removing', actions: ['count down', 'remove from filter'] } },
    },
    removing: {
      on: {
        returns: [
          { guard: 'failed', target: 'dangling', actions: ['warn', 'say done'] },
          { target: 'rest', actions: ['disarm', 'say done'] },
        ],
      },
    },
    /**
     * unregister_kprobe() gave up without an error, and the probe stays in its aggregate. Its caller frees it, so use
     * after free follows.
     */
    dangling: {},
  },
});
