import { assign, emit, setup } from 'xstate';
import { directEntryOf, type From, replyTo } from './events.js';

type Site = 'nop' | 'call' | 'no entry' | `${string}.${string}`;

interface Record {
  readonly number: number;
  readonly count: number;
  readonly regs: boolean;
  /**
   * The text at the function's entry: a nop, a call into ftrace, a call of a trampoline by name, or (a direct record
   * without a table entry) a call into ftrace by default. Between two calls it follows from count, D, the table and
   * ftrace_enabled.
   */
  readonly site: Site;
}

type RecordEvent =
  | ({ type: 'look' } & From)
  | { type: 'set ipmodify' }
  | { type: 'clear ipmodify' }
  | { type: 'attach'; direct: boolean; regs: boolean }
  | ({ type: 'detach'; direct: boolean; regs: boolean } & From)
  | { type: 'drop regs' }
  /** The module of the function is loaded, or unloaded. */
  | { type: 'come' | 'go' }
  | ({ type: 'patch'; on: boolean } & From)
  /** The reply of the direct entry, with the sender of the `patch` that needed it. */
  | ({ type: 'entry'; callee: Site; on: boolean } & From);

const isDirect = (site: Site) => site !== 'nop' && site !== 'call';

/**
 * One record, `struct dyn_ftrace`. Its state is the combination of IPMODIFY and DIRECT.
 * `attach`, `detach`: __ftrace_hash_rec_update(). `patch`: ftrace_replace_code(), which compares the text with the one
 * that follows from the flags and the table of direct functions. With `on` false it removes every call from the text
 * (ftrace_enabled is written 0).
 */
const parts = setup({
  types: { context: {} as Record, events: {} as RecordEvent, input: {} as { number: number } },
  guards: {
    'of a direct ops': ({ event }) =>
      (event.type === 'attach' || event.type === 'detach') && event.direct,
    'site stays': ({ context, event }, { direct }: { direct: boolean }) =>
      kindOf(context.site) === siteKind(context, event, direct),
    'site is or becomes direct': ({ context, event }, { direct }: { direct: boolean }) =>
      isDirect(context.site) || siteKind(context, event, direct) === 'direct',
    'text is not what the table says': ({ context: { site }, event }) =>
      event.type === 'entry' && isDirect(site) && site !== event.callee,
    'nobody left': ({ context: { count } }) => count === 0,
  },
  actions: {
    'count up': assign({
      count: ({ context }) => context.count + 1,
      regs: ({ context, event }) => context.regs || (event.type === 'attach' && event.regs),
    }),
    'count down': assign({ count: ({ context }) => context.count - 1 }),
    'drop regs': assign({ regs: false }),
    'free record': assign({ count: 0, regs: false, site: 'nop' }),
    'settle site': assign({
      site: ({ context, event }, { direct }: { direct: boolean }): Site => {
        const kind = siteKind(context, event, direct);
        return kind === 'direct' && event.type === 'entry' ? event.callee : (kind as Site);
      },
      regs: ({ context }) => context.count > 0 && context.regs,
    }),
    'say flags': emit(({ context, event }, flags: { ipmodify: boolean; direct: boolean }) => ({
      type: 'flags',
      ...replyTo(event),
      ...flags,
      regs: context.regs,
    })),
    'say detached': emit(({ context: { count, regs }, event }) => ({
      type: 'detached',
      ...replyTo(event),
      mayDropRegs: event.type === 'detach' && event.regs && regs && count > 0,
    })),
    'say patched': emit(({ event }) => ({ type: 'patched', ...replyTo(event) })),
    'say bug': emit(({ event }) => ({ type: 'bug', ...replyTo(event) })),
    'look up entry': emit(({ context, event }) => ({
      type: 'look up',
      to: directEntryOf(context.number),
      on: isOn(event),
      from: String(context.number),
      replyTo: 'from' in event ? event.from : '',
    })),
  },
});

interface Flags {
  readonly ipmodify: boolean;
  readonly direct: boolean;
}

const named = ({ ipmodify, direct }: Flags): string =>
  direct ? (ipmodify ? 'direct+ipmodify' : 'direct') : ipmodify ? 'ipmodify' : 'free';

/** One of the four states of the lifecycle, with its transitions. */
function lifecycle(flags: Flags) {
  const params = { direct: flags.direct };
  return {
    on: {
      look: { actions: { type: 'say flags', params: flags } },
      'set ipmodify': { target: named({ ...flags, ipmodify: true }) },
      'clear ipmodify': { target: named({ ...flags, ipmodify: false }) },
      attach: [
        {
          guard: 'of a direct ops',
          target: named({ ...flags, direct: true }),
          actions: 'count up',
        },
        { actions: 'count up' },
      ],
      detach: [
        {
          guard: 'of a direct ops',
          target: named({ ...flags, direct: false }),
          actions: ['count down', 'say detached'],
        },
        { actions: ['count down', 'say detached'] },
      ],
      patch: [
        { guard: { type: 'site stays', params }, actions: 'say patched' },
        { guard: { type: 'site is or becomes direct', params }, actions: 'look up entry' },
        {
          guard: 'nobody left',
          target: 'free',
          actions: [{ type: 'settle site', params }, 'say patched'],
        },
        { actions: [{ type: 'settle site', params }, 'say patched'] },
      ],
      entry: [
        { guard: 'text is not what the table says', actions: 'say bug' },
        {
          guard: 'nobody left',
          target: 'free',
          actions: [{ type: 'settle site', params }, 'say patched'],
        },
        { actions: [{ type: 'settle site', params }, 'say patched'] },
      ],
    },
  } as const;
}

const states = {
  free: lifecycle({ ipmodify: false, direct: false }),
  direct: lifecycle({ ipmodify: false, direct: true }),
  ipmodify: lifecycle({ ipmodify: true, direct: false }),
  'direct+ipmodify': lifecycle({ ipmodify: true, direct: true }),
};

export const record = parts.createMachine({
  id: 'record',
  context: ({ input }) => ({ number: input.number, count: 0, regs: false, site: 'nop' }),
  initial: 'free',
  states,
  on: { 'drop regs': { actions: 'drop regs' } },
});

/** The record of a function in a module, which comes and goes with it. */
export const moduleRecord = parts.createMachine({
  id: 'record',
  context: ({ input }) => ({ number: input.number, count: 0, regs: false, site: 'nop' }),
  initial: 'absent',
  states: {
    ...states,
    absent: {
      on: {
        look: { actions: { type: 'say flags', params: { ipmodify: false, direct: false } } },
        attach: {},
        detach: { actions: 'say detached' },
        patch: { actions: 'say patched' },
        come: 'free',
      },
    },
  },
  on: {
    'drop regs': { actions: 'drop regs' },
    go: { target: '.absent', actions: 'free record' },
  },
});

function kindOf(site: Site): 'nop' | 'call' | 'direct' {
  return isDirect(site) ? 'direct' : (site as 'nop' | 'call');
}

const isOn = (event: RecordEvent) => (event.type === 'patch' || event.type === 'entry') && event.on;

/** A record calls a trampoline directly only while no other ops is on it. */
function siteKind(
  { count }: Record,
  event: RecordEvent,
  direct: boolean,
): 'nop' | 'call' | 'direct' {
  if (count === 0 || !isOn(event)) return 'nop';
  return direct && count === 1 ? 'direct' : 'call';
}
