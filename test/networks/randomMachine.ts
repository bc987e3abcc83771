import fc from 'fast-check';
import { type AnyStateMachine, assign, emit, raise, setup } from 'xstate';
import type { Message, Snapshot } from '../../src/model/network.js';

/** Messages `w0` to `w3`: a machine raises, and if not `endless` emits, only higher ones than the one it receives, so every call ends. */
export const WORDS = 4;

/** The variable in a machine's context; only one, so that the machine has few states. */
const KEEPS = ['count', 'bag', 'list', 'late'] as const;
type Keep = (typeof KEEPS)[number];

/** The context: keys appear and disappear, values nest. */
interface Kept {
  readonly count?: number;
  readonly bag?: Readonly<Record<string, number>>;
  readonly list?: readonly { readonly at: number }[];
  readonly late?: { readonly since: readonly number[] };
}

const FIRST: Readonly<Record<Keep, Kept>> = {
  count: { count: 0 },
  bag: { bag: {} },
  list: { list: [] },
  late: {},
};

const without = (bag: NonNullable<Kept['bag']>, key: string) =>
  Object.fromEntries(Object.entries(bag).filter(([k]) => k !== key));

/** Changes of the context, by name. */
const CHANGES: Readonly<Record<Keep, Readonly<Record<string, (kept: Kept) => Kept>>>> = {
  count: { tick: ({ count }) => ({ count: (count! + 1) % 3 }) },
  bag: {
    'put x': ({ bag }) => ({ bag: { ...bag, x: 1 } }),
    'put y': ({ bag }) => ({ bag: { ...bag, y: 1 } }),
    'drop x': ({ bag }) => ({ bag: without(bag!, 'x') }),
  },
  list: {
    push: ({ list }) => ({ list: list!.length < 2 ? [...list!, { at: list!.length }] : list! }),
    shift: ({ list }) => ({ list: list!.slice(1) }),
  },
  late: {
    begin: ({ late }) => ({ late: late ?? { since: [] } }),
    stay: ({ late }) => (late ? { late: { since: [late.since.length % 2] } } : {}),
  },
};

/** Guards, by name. */
const GUARDS: Readonly<Record<Keep, Readonly<Record<string, (kept: Kept) => boolean>>>> = {
  count: { even: ({ count }) => count! % 2 === 0 },
  bag: { 'has x': ({ bag }) => 'x' in bag!, 'has y': ({ bag }) => 'y' in bag! },
  list: {
    full: ({ list }) => list!.length === 2,
    'starts late': ({ list }) => list?.[0]?.at === 1,
  },
  late: { began: (kept) => 'late' in kept, stayed: ({ late }) => late?.since[0] === 0 },
};

/** The nesting of states: by path, the states that a machine may be in, or that may handle a message. */
const SHAPES = {
  flat: ['s0', 's1', 's2'],
  nested: ['s0', 's1', 's1.a', 's1.b', 's2'],
  parallel: ['s0', 's1', 's1.p', 's1.p.a', 's1.p.b', 's1.q.a', 's1.q.b'],
} as const;
type Shape = keyof typeof SHAPES;

interface Transition {
  readonly guard: string | null;
  readonly target: string | null;
  readonly changes: readonly string[];
  /** A message to itself, handled before anything else. */
  readonly raises: string | null;
  readonly emits: readonly Message[];
}

interface Handler {
  readonly at: string;
  readonly word: number;
  /** The first one whose guard passes is taken. */
  readonly transitions: readonly Transition[];
}

export interface Draft {
  readonly keep: Keep;
  readonly shape: Shape;
  readonly history: 'shallow' | 'deep' | null;
  readonly handlers: readonly Handler[];
  /** Taken at once if its guard passes; it leads to a later state only. */
  readonly always: {
    readonly from: string;
    readonly guard: string;
    readonly target: string;
  } | null;
  /** The changes on entry to s1 and on exit. */
  readonly entry: string | null;
  readonly exit: string | null;
  /** A nested state in which s1 is done and continues to s2. */
  readonly isDone: boolean;
  /** The machine itself is done in s2; its output is the message that led there. */
  readonly isFinal: boolean;
}

/** A switch without effect on others, unless a rule reads it. */
export const lamp: Draft = {
  keep: 'count',
  shape: 'flat',
  history: null,
  handlers: [
    ['s0', 's1'],
    ['s1', 's0'],
  ].map(([at, target]) => ({
    at: at!,
    word: 0,
    transitions: [{ guard: null, target: target!, changes: [], raises: null, emits: [] }],
  })),
  always: null,
  entry: null,
  exit: null,
  isDone: false,
  isFinal: false,
};

/** Machines that may emit to `to`, or to the world; `endless`: sometimes a message that returns. */
export function drafts(to: fc.Arbitrary<string>, endless = false): fc.Arbitrary<Draft> {
  const shape = fc.oneof(
    { weight: 3, arbitrary: fc.constant<Shape>('flat') },
    { weight: 2, arbitrary: fc.constant<Shape>('nested') },
    { weight: 1, arbitrary: fc.constant<Shape>('parallel') },
  );
  const history = fc.option(fc.constantFrom('shallow' as const, 'deep' as const));
  return fc.tuple(shape, fc.constantFrom(...KEEPS), history).chain(([shape, keep, history]) => {
    const guard = fc.constantFrom(...Object.keys(GUARDS[keep]));
    const change = fc.constantFrom(...Object.keys(CHANGES[keep]));
    // XState loses the active states if a state targets its own history before it has one.
    const target = (at: string): fc.Arbitrary<string> =>
      fc.constantFrom(
        ...SHAPES[shape],
        ...(history && shape !== 'flat' && !at.startsWith('s1') ? ['s1.back'] : []),
      );
    const higher = (word: number) => fc.integer({ min: word + 1, max: word + WORDS });
    const sameOrHigher = (word: number) => fc.oneof(higher(word), fc.constant(word));
    const emitted = (word: number) =>
      fc
        .record({
          to: fc.option(to, { freq: 3 }),
          type: endless ? sameOrHigher(word) : higher(word),
        })
        .map(({ to, type }): Message => ({ type: `w${type}`, ...(to && { to }) }));
    const isHeard = ({ to, type }: Message) => to === undefined || Number(type.slice(1)) < WORDS;
    const transition = (at: string, word: number, guards: fc.Arbitrary<string | null>) =>
      fc.record<Transition>({
        guard: guards,
        target: fc.option(target(at), { freq: 6 }),
        changes: fc.array(change, { maxLength: 1 }),
        raises: fc
          .option(higher(word), { freq: 2 })
          .map((w) => (w !== null && w < WORDS && w % 2 === 1 ? `w${w}` : null)),
        emits: fc
          .array(emitted(word), { maxLength: 2, size: 'xsmall' })
          .map((all) => all.filter(isHeard)),
      });
    const transitions = (at: string, word: number) =>
      fc.oneof(
        { weight: 3, arbitrary: fc.tuple(transition(at, word, fc.constant(null))) },
        { weight: 1, arbitrary: fc.tuple(transition(at, word, guard)) },
        {
          weight: 1,
          arbitrary: fc.tuple(transition(at, word, guard), transition(at, word, fc.constant(null))),
        },
      );
    /** Deeper states handle fewer messages themselves. */
    const handler = (at: string, word: number) =>
      fc.option(
        fc.record<Handler>({
          at: fc.constant(at),
          word: fc.constant(word),
          transitions: transitions(at, word),
        }),
        { freq: at.includes('.') || (at === 's1' && shape !== 'flat') ? 2 : 9 },
      );
    const handlers = SHAPES[shape].flatMap((at) =>
      Array.from({ length: WORDS }, (_, word) => handler(at, word)),
    );
    const steps: (readonly [from: string, target: string])[] = [
      ['s0', 's1'],
      ...(shape === 'parallel' ? [] : [['s1', 's2'] as const]),
    ];
    return fc.record<Draft>({
      keep: fc.constant(keep),
      shape: fc.constant(shape),
      history: fc.constant(shape === 'flat' ? null : history),
      handlers: fc.tuple(...handlers).map((all) => all.filter((h) => h !== null)),
      always: fc.option(
        fc
          .record({ step: fc.constantFrom(...steps), guard })
          .map(({ step: [from, target], guard }) => ({ from, target, guard })),
        { freq: 2 },
      ),
      entry: fc.option(change, { freq: 2 }),
      exit: fc.option(change, { freq: 2 }),
      isDone: fc.boolean().map((is) => is && shape === 'nested'),
      isFinal: fc.nat(3).map((n) => n === 0 && shape !== 'parallel'),
    });
  });
}

/** The machine that a draft describes. */
export function machineOf(draft: Draft): AnyStateMachine {
  const { keep, shape, history, entry, exit, isDone, isFinal } = draft;
  const on = (at: string) => {
    const here = draft.handlers.filter((handler) => handler.at === at);
    return Object.fromEntries(
      here.map(({ word, transitions }) => [`w${word}`, transitions.map(configOf)]),
    );
  };
  const always = (at: string) =>
    draft.always?.from === at
      ? { always: { guard: draft.always.guard, target: `#m.${draft.always.target}` } }
      : {};
  const back = history ? { back: { type: 'history', history } } : {};
  const leaf = (at: string) => ({ on: on(at), ...always(at) });
  const around = {
    ...leaf('s1'),
    ...(entry && { entry }),
    ...(exit && { exit }),
  };
  const region = (at: string) => ({
    initial: 'a',
    on: on(at),
    states: { a: leaf(`${at}.a`), b: leaf(`${at}.b`) },
  });
  const s1 = {
    flat: around,
    nested: {
      ...around,
      initial: 'a',
      ...(isDone && { onDone: '#m.s2' }),
      states: {
        a: leaf('s1.a'),
        b: isDone ? { type: 'final' } : leaf('s1.b'),
        ...back,
      },
    },
    parallel: {
      ...around,
      type: 'parallel',
      states: { p: region('s1.p'), q: region('s1.q'), ...back },
    },
  }[shape];
  const final = { type: 'final', output: ({ event }: { event: Message }) => event.type };
  const named = <V, R>(all: Readonly<Record<string, V>>, make: (one: V) => R) =>
    Object.fromEntries(Object.entries(all).map(([name, one]) => [name, make(one)]));
  // biome-ignore lint/suspicious/noExplicitAny: the config is put together from what was drawn
  const drawn: any = {
    id: 'm',
    context: FIRST[keep],
    initial: 's0',
    ...(isFinal && { output: ({ event }: { event: { output: unknown } }) => event.output }),
    states: {
      s0: leaf('s0'),
      s1,
      ...(shape === 'parallel' ? {} : { s2: isFinal ? final : leaf('s2') }),
      // Never entered; it gives the machine every event type that a stimulus may have.
      unreached: { on: Object.fromEntries([...Array(WORDS).keys()].map((w) => [`w${w}`, {}])) },
    },
  };
  return setup({
    types: {} as { context: Kept; events: Message; emitted: Message },
    guards: named(
      GUARDS[keep],
      (holds) =>
        ({ context }: { context: Kept }) =>
          holds(context),
    ),
    actions: {
      ...named(CHANGES[keep], (change) => assign(({ context }) => change(context as Kept))),
      say: emit((_, word: Message) => word),
      raise: raise((_, word: Message) => word),
      // biome-ignore lint/suspicious/noExplicitAny: names are known when it runs
    } as any,
  }).createMachine(drawn);
}

function configOf({ guard, target, changes, raises, emits }: Transition) {
  return {
    ...(guard && { guard }),
    ...(target && { target: `#m.${target}` }),
    actions: [
      ...changes,
      ...(raises ? [{ type: 'raise', params: { type: raises } }] : []),
      ...emits.map((params) => ({ type: 'say', params })),
    ],
  };
}

/** The outermost state that a machine is in. */
export const topOf = ({ value }: Snapshot): string =>
  typeof value === 'string' ? value : Object.keys(value as object)[0]!;

/** The amount that a machine stores: 0, 1 or 2. */
export function keptOf({ context }: Snapshot): number {
  const { count, bag, list, late } = context as Kept;
  return (
    count ?? (bag ? Object.keys(bag).length : (list?.length ?? (late?.since.length ?? -1) + 1))
  );
}
