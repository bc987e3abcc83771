import { assign, emit, setup } from 'xstate';
import {
  type Core,
  IPMODIFY,
  PLAIN,
  type Probe,
  type SharedOps,
  type Word,
} from './kprobes/words.js';

interface Kprobes extends Core {
  /** The probes on the function, in the order in which they came. */
  readonly probes: readonly Probe[];
  /** The probe, or the aggregate of several, has a post_handler. */
  readonly postHandler: boolean;
  /** How many functions are armed with each ops. */
  readonly uses: Readonly<Record<SharedOps, number>>;
  /** Why arming failed. */
  readonly errno: number;
}

const RECORD = 1;

const isOn = ({ probes }: Kprobes, event: Word) =>
  'probe' in event && probes.some(({ name }) => name === event.probe.name);
/** The ops is chosen anew each time, by what the probe is like now. */
const chosen = ({ postHandler, alwaysIpmodify }: Kprobes): SharedOps =>
  postHandler || alwaysIpmodify ? IPMODIFY : PLAIN;
const counted = (kprobes: Kprobes, by: number) => ({
  ...kprobes.uses,
  [chosen(kprobes)]: kprobes.uses[chosen(kprobes)] + by,
});
const others = ({ probes }: Kprobes, event: Word) =>
  probes.filter(({ name }) => !('probe' in event) || name !== event.probe.name);

/**
 * The kprobe core of one function (kernel/kprobes.c), as far as it speaks to ftrace. Several probes
 * are an aggregate, armed once: by arm_kprobe_ftrace() when the first one comes, and disarmed by
 * disarm_kprobe_ftrace() when the last one goes. No probe with a post_handler comes to a
 * function armed without IPMODIFY.
 */
export const kprobes = setup({
  types: { context: {} as Kprobes, events: {} as Word, input: {} as Core },
  guards: {
    'is the first': ({ context }) => context.probes.length === 0,
    'joins others': ({ context, event }) =>
      'probe' in event &&
      !isOn(context, event) &&
      (context.postHandler || !event.probe.postHandler),
    'is the last, nobody else uses the ops': ({ context, event }) =>
      isOn(context, event) && context.probes.length === 1 && context.uses[chosen(context)] === 1,
    'is the last': ({ context, event }) => isOn(context, event) && context.probes.length === 1,
    'leaves others': ({ context, event }) => isOn(context, event),
    failed: ({ event }) => event.type === 'returns' && event.errno < 0,
    'nobody uses the ops': ({ context }) => context.uses[chosen(context)] === 0,
  },
  actions: {
    join: assign(({ context, event }) =>
      'probe' in event
        ? {
            probes: [...context.probes, event.probe],
            postHandler: context.postHandler || event.probe.postHandler,
          }
        : {},
    ),
    leave: assign(({ context, event }) => ({
      probes: others(context, event),
      postHandler:
        context.postHandler &&
        (!context.clearsPostHandler ||
          others(context, event).some(({ postHandler }) => postHandler)),
    })),
    'be gone': assign({ probes: [], postHandler: false, errno: 0 }),
    'count up': assign({ uses: ({ context }) => counted(context, 1) }),
    'count down': assign({ uses: ({ context }) => counted(context, -1) }),
    'note errno': assign({ errno: ({ event }) => (event.type === 'returns' ? event.errno : 0) }),
    'add to filter': emit(({ context }) => ({
      type: 'add',
      to: chosen(context),
      records: [RECORD],
    })),
    'remove from filter': emit(({ context }) => ({
      type: 'remove',
      to: chosen(context),
      records: [RECORD],
    })),
    'register ops': emit(({ context }) => ({
      type: 'register',
      to: chosen(context),
      order: [RECORD],
    })),
    'unregister ops': emit(({ context }) => ({
      type: 'unregister',
      to: chosen(context),
      order: [RECORD],
    })),
    warn: emit({ type: 'WARN' }),
    'say done': emit({ type: 'returns', errno: 0 }),
    'say errno': emit(({ context }) => ({ type: 'returns', errno: context.errno })),
  },
}).createMachine({
  id: 'kprobes',
  context: ({ input }) => ({
    ...input,
    probes: [],
    postHandler: false,
    uses: { [PLAIN]: 0, [IPMODIFY]: 0 },
    errno: 0,
  }),
  initial: 'rest',
  states: {
    rest: {
      on: {
        'register kprobe': [
          { guard: 'is the first', target: 'adding', actions: ['join', 'add to filter'] },
          { guard: 'joins others', actions: ['join', 'say done'] },
        ],
        'unregister kprobe': [
          {
            guard: 'is the last, nobody else uses the ops',
            target: 'unregistering',
            actions: 'unregister ops',
          },
          {
            guard: 'is the last',
            target: 'removing',
            actions: ['count down', 'remove from filter'],
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
          { target: 'rest', actions: ['count up', 'say done'] },
        ],
      },
    },
    registering: {
      on: {
        returns: [
          { guard: 'failed', target: 'giving up', actions: ['note errno', 'remove from filter'] },
          { target: 'rest', actions: ['count up', 'say done'] },
        ],
      },
    },
    'giving up': { on: { returns: 'not armed' } },
    'not armed': { always: { target: 'rest', actions: ['say errno', 'be gone'] } },

    // __disarm_kprobe_ftrace()
    unregistering: {
      on: {
        returns: [
          { guard: 'failed', target: 'dangling', actions: ['warn', 'say done', 'be gone'] },
          { target: 'removing', actions: ['count down', 'remove from filter'] },
        ],
      },
    },
    removing: {
      on: {
        returns: [
          { guard: 'failed', target: 'dangling', actions: ['warn', 'say done', 'be gone'] },
          { target: 'rest', actions: ['say done', 'be gone'] },
        ],
      },
    },
    /** The caller frees its probe, and the function may still call it: what follows is use after free. */
    dangling: {},
  },
});
