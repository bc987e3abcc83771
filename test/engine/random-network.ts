import fc from 'fast-check';
import { assign, emit, setup } from 'xstate';
import type { Message, Network, Rule } from '../../src/model/network.js';

export interface RandomWorld {
  /** State and count of component `i`, as text. */
  at(i: number): string;
}

interface Answer {
  readonly state: number;
  readonly word: number;
  readonly onlyEven: boolean;
  readonly ticks: boolean;
  readonly target: number;
  readonly says: readonly Message[];
}

const STATES = 3;
const WORDS = 4;
const STATE_WORDS = [...Array(STATES).keys()].flatMap((state) =>
  [...Array(WORDS).keys()].map((word) => [state, word] as const),
);
const word = fc.nat(WORDS - 1);

/**
 * Networks of one to three machines, drawn at random: some words are not heard everywhere, some
 * answers depend on a count in the context, some words go to the world. A machine says only words
 * of a higher number than the one it heard, so every call ends.
 */
export const randomNetworks: fc.Arbitrary<Network<RandomWorld>> = fc
  .integer({ min: 1, max: 3 })
  .chain((size) => {
    const to = fc.nat(size - 1).map((i) => `c${i}`);
    const saying = (heard: number) =>
      fc.record({ to: fc.option(to, { freq: 3 }), word: fc.nat(WORDS).map((w) => heard + 1 + w) });
    /** What a machine answers to a word in a state: now and then nothing, or only at an even count. */
    const answer = (state: number, word: number): fc.Arbitrary<Answer | null> =>
      fc.option(
        fc.record({
          state: fc.constant(state),
          word: fc.constant(word),
          onlyEven: fc.nat(3).map((n) => n === 0),
          ticks: fc.boolean(),
          target: fc.nat(STATES - 1),
          says: fc
            .array(saying(word), { maxLength: 2 })
            .map((said) =>
              said
                .filter(({ to, word }) => to === null || word < WORDS)
                .map(({ to, word }): Message => ({ type: `w${word}`, ...(to && { to }) })),
            ),
        }),
        { freq: 6 },
      );
    const part = fc
      .tuple(...STATE_WORDS.map(([state, word]) => answer(state, word)))
      .map((answers) => answers.filter((a) => a !== null));
    const spoken = fc.record({ to, type: word.map((w) => `w${w}`) });
    return fc.record({
      parts: fc.array(part, { minLength: size, maxLength: size }),
      stimuli: fc.array(fc.record({ first: spoken, also: fc.array(spoken, { maxLength: 1 }) }), {
        minLength: 2,
        maxLength: 6,
      }),
    });
  })
  .map(({ parts, stimuli }) => ({
    name: 'random',
    says: 'anything',
    components: parts.map((answers, i) => ({ name: `c${i}`, machine: machine(answers) })),
    stimuli: stimuli.map(({ first, also }) => ({
      to: first.to,
      message: { type: first.type },
      also,
      says: [first, ...also].map(({ to, type }) => `${type} to ${to}`).join(' and '),
    })),
    world: (look) => {
      const looks = parts.map((_, i) => look(`c${i}`));
      return {
        at: (i) => {
          const { value, context } = looks[i]!();
          return `${value}/${context.count}`;
        },
      };
    },
  }));

/** Rules of every kind, about states drawn at random. */
export const rulesOn = (one: string, other: string): Rule<RandomWorld>[] => {
  const about = (id: string) => ({ id, says: id, source: 'chance' });
  return [
    { ...about('always'), always: (world) => world.at(0) !== one },
    { ...about('each'), each: () => [one, other], always: (w, part) => w.at(0) !== part },
    {
      ...about('step'),
      step: ({ before, after }) => before.at(0) !== one || after.at(0) !== other,
    },
    { ...about('again'), step: ({ again, said }) => again()?.length === said.length },
    {
      ...about('possible'),
      possible: [one, other].map((at) => ({ says: at, holds: (w) => w.at(0) === at })),
    },
    { ...about('recoverable'), recoverable: (world) => world.at(0) === one },
  ];
};
/** What is seen of a machine of such a network. */
export const seen = fc.tuple(fc.nat(2), fc.nat(2)).map(([state, count]) => `s${state}/${count}`);

function machine(answers: readonly Answer[]) {
  const states = [...Array(STATES).keys()].map((state) => {
    const on = answers
      .filter((answer) => answer.state === state)
      .map(({ word, onlyEven, ticks, target, says }) => [
        `w${word}`,
        {
          target: `s${target}`,
          ...(onlyEven ? { guard: 'even' as const } : {}),
          actions: [
            ...(ticks ? ['tick' as const] : []),
            ...says.map((params) => ({ type: 'say' as const, params })),
          ],
        },
      ]);
    return [`s${state}`, { on: Object.fromEntries(on) }];
  });
  return setup({
    types: {} as { context: { count: number }; events: Message; emitted: Message },
    guards: { even: ({ context }) => context.count % 2 === 0 },
    actions: {
      tick: assign({ count: ({ context }) => (context.count + 1) % 3 }),
      say: emit((_, word: Message) => word),
    },
  }).createMachine({
    context: { count: 0 },
    initial: 's0',
    states: Object.fromEntries(states),
  });
}
