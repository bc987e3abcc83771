import fc from 'fast-check';
import type { Fairness, Network, Rule, Snapshot, Stimulus } from '../../src/model/network.js';
import { drafts, keptOf, lamp, machineOf, topOf, WORDS } from './randomMachine.js';
import type { Without } from './without.js';

/** The world of rules: each getter reads as little of a component as possible. */
export interface RandomWorld {
  /** Outermost state and amount kept of component `i`, as text: `s0/0`. */
  at(i: number): string;
  top(i: number): string;
  kept(i: number): number;
  /** Everything visible of the component. */
  whole(i: number): Snapshot;
}

/** A set of states, as text and as a predicate. */
interface Region {
  readonly description: string;
  holds(world: RandomWorld): boolean;
}

const name = (i: number) => `c${i}`;

interface Spoken {
  readonly to: string;
  readonly type: string;
}

const named = ({ first, also }: { readonly first: Spoken; readonly also: readonly Spoken[] }) =>
  [first, ...also].map(({ to, type }) => `${type} to ${to}`).join(' and ');

/**
 * Random networks of one to three machines: some messages are unhandled in some states, some transitions depend on the
 * context, some messages go to the world.
 */
const networks = (endless: boolean): fc.Arbitrary<Network<RandomWorld>> =>
  fc
    .integer({ min: 1, max: 3 })
    .chain((size) => {
      const to = fc.nat(size - 1).map(name);
      const spoken = fc.record({ to, type: fc.nat(WORDS - 1).map((word) => `w${word}`) });
      return fc.record({
        parts: fc.array(drafts(to, endless), { minLength: size, maxLength: size }),
        stimuli: fc.uniqueArray(
          fc.record({ first: spoken, also: fc.array(spoken, { maxLength: 1 }) }),
          { minLength: 3, maxLength: 8, selector: named },
        ),
        hasLamp: fc.nat(3).map((n) => n === 0),
      });
    })
    .map(({ parts, stimuli, hasLamp }) => {
      if (!hasLamp) return { parts, stimuli };
      const switched = { first: { to: name(parts.length), type: 'w0' }, also: [] };
      return { parts: [...parts, lamp], stimuli: [...stimuli, switched] };
    })
    .map(({ parts, stimuli }) =>
      shown(
        { parts, stimuli },
        {
          name: 'random',
          description: 'anything',
          components: parts.map((draft, i) => ({ name: name(i), machine: machineOf(draft) })),
          stimuli: stimuli.map(({ first, also }) => ({
            to: first.to,
            message: { type: first.type },
            also,
            description: named({ first, also }),
          })),
          world: (look) => {
            const looks = parts.map((_, i) => ({
              whole: look(name(i)),
              top: look(name(i), topOf),
              kept: look(name(i), keptOf),
            }));
            const world: RandomWorld = {
              whole: (i) => looks[i]!.whole(),
              top: (i) => looks[i]!.top(),
              kept: (i) => looks[i]!.kept(),
              at: (i) => `${topOf(world.whole(i))}/${keptOf(world.whole(i))}`,
            };
            return world;
          },
        },
      ),
    );

/** Networks in which every call ends. */
export const randomNetworks = networks(false);

/** A failing test prints the draft, not the machines made from it. */
function shown<T extends object>(drawn: unknown, made: T): T {
  return Object.defineProperty(made, fc.toStringMethod, { value: () => JSON.stringify(drawn) });
}

/** States identified by one to three reads of `size` components. */
const regions = (size: number): fc.Arbitrary<Region> => {
  const of = fc.nat(size - 1);
  const indexes = [...Array(size).keys()];
  const one: fc.Arbitrary<Region> = fc.oneof(
    fc.tuple(of, fc.nat(2), fc.nat(2)).map(([i, state, kept]) => ({
      description: `c${i} at s${state}/${kept}`,
      holds: (world: RandomWorld) => world.at(i) === `s${state}/${kept}`,
    })),
    fc.tuple(of, fc.nat(2)).map(([i, state]) => ({
      description: `c${i} in s${state}`,
      holds: (world: RandomWorld) => world.top(i) === `s${state}`,
    })),
    fc.tuple(of, fc.nat(2)).map(([i, kept]) => ({
      description: `c${i} keeps ${kept}`,
      holds: (world: RandomWorld) => world.kept(i) === kept,
    })),
    fc.tuple(of, fc.nat(WORDS - 1)).map(([i, word]) => ({
      description: `c${i} done by w${word}`,
      holds: (world: RandomWorld) => {
        const { status, output } = world.whole(i);
        return status === 'done' && output === `w${word}`;
      },
    })),
    fc.tuple(of, of).map(([i, j]) => ({
      description: `c${i} keeps as much as c${j}`,
      holds: (world: RandomWorld) => world.kept(i) === world.kept(j),
    })),
  );
  const signed = fc
    .tuple(one, fc.nat(3))
    .map(([{ description, holds }, n]) =>
      n > 0
        ? { description, holds }
        : { description: `not ${description}`, holds: (w: RandomWorld) => !holds(w) },
    );
  /** Most exclude the first state, so that some stories are long. */
  const moved: Region = {
    description: 'not at the start',
    holds: (world) => indexes.some((i) => world.at(i) !== 's0/0'),
  };
  const isLater = fc.nat(3).map((n) => n > 0);
  return fc
    .tuple(fc.array(signed, { minLength: 1, maxLength: 3 }), isLater)
    .map(([drawn, later]) => {
      const all = later ? [...drawn, moved] : drawn;
      return {
        description: all.map(({ description }) => description).join(' and '),
        holds: (world) => all.every(({ holds }) => holds(world)),
      };
    });
};

type Unnamed = Without<Rule<RandomWorld>, 'id' | 'source'>;

/** Rules of every kind over `size` components, sometimes several of a kind. */
const rules = (size: number): fc.Arbitrary<Rule<RandomWorld>[]> => {
  const region = regions(size);
  const component = fc.nat(size - 1);
  const indexes = [...Array(size).keys()];
  const rule: fc.Arbitrary<Unnamed> = fc.oneof(
    region.map(
      ({ description, holds }): Unnamed => ({
        description: `never ${description}`,
        always: (w) => !holds(w),
      }),
    ),
    fc.tuple(region, fc.nat(2), fc.boolean()).map(
      ([{ description, holds }, state, isAlone]): Unnamed => ({
        description: `no component in s${state}${isAlone ? '' : ` while ${description}`}`,
        each: () => indexes,
        always: (w, part) => w.top(part as number) !== `s${state}` || !(isAlone || holds(w)),
      }),
    ),
    fc.tuple(region, region).map(
      ([one, other]): Unnamed => ({
        description: `no call from ${one.description} to ${other.description}`,
        step: ({ before, after }) => !one.holds(before) || !other.holds(after),
      }),
    ),
    fc.tuple(region, component, fc.nat(2)).map(
      ([{ description, holds }, i, most]): Unnamed => ({
        description: `where ${description}, a call that changes c${i} emits at most ${most}`,
        step: ({ before, emitted, changed }) =>
          !holds(before) || !changed(`c${i}`) || emitted.length <= most,
      }),
    ),
    fc.tuple(component, fc.boolean()).map(
      ([i, isTwice]): Unnamed => ({
        description: `a call of c${i} emits as much again${isTwice ? ', and the second time' : ''}`,
        step: ({ call, emitted, again }) => {
          if (call.to !== `c${i}`) return true;
          const more = isTwice ? [again(), again()] : [again()];
          return more.every((one) => one === undefined || one.length === emitted.length);
        },
      }),
    ),
    fc
      .uniqueArray(region, {
        minLength: 1,
        maxLength: 3,
        selector: ({ description }) => description,
      })
      .map(
        (goals): Unnamed => ({
          description: `possible: ${goals.map(({ description }) => description).join('; ')}`,
          possible: goals,
        }),
      ),
    region.map(
      ({ description, holds }): Unnamed => ({
        description: `recoverable: ${description}`,
        recoverable: holds,
      }),
    ),
  );
  return fc
    .array(rule, { maxLength: 8 })
    .map((all) => all.map((rule, i) => ({ id: `r${i}`, source: 'chance', ...rule })));
};

/** Random networks with random rules, and sometimes with terminal states. */
export const judgedNetworks: fc.Arbitrary<Network<RandomWorld>> = fc
  .nat(3)
  .chain((n) => networks(n === 0))
  .chain((network) => {
    const size = network.components.length;
    return fc
      .record({ rules: rules(size), ends: fc.option(regions(size), { freq: 2 }) })
      .map(({ rules, ends }) =>
        shown(
          {
            network: fc.stringify(network),
            rules: rules.map(({ description }) => description),
            ends: ends?.description,
          },
          { ...network, rules, ...(ends && { isTerminal: ends.holds }) },
        ),
      );
  });

/** Fairness to each machine, or to each type of message. */
const fairness: fc.Arbitrary<Fairness> = fc
  .record({
    kind: fc.constantFrom('weak', 'strong', 'both'),
    by: fc.constantFrom('machine', 'type'),
    without: fc.nat(WORDS - 1),
  })
  .map(({ kind, by, without }) => {
    const group = ({ to, message }: Stimulus) =>
      message.type === `w${without}` ? undefined : by === 'machine' ? to : message.type;
    return {
      ...(kind !== 'strong' && { weak: group }),
      ...(kind !== 'weak' && { strong: kind === 'both' ? ({ to }: Stimulus) => to : group }),
    };
  });

/** Random networks with rules about whole paths, with and without fairness, and sometimes with terminal states. */
export const livenessNetworks: fc.Arbitrary<Network<RandomWorld>> = fc
  .nat(5)
  .chain((n) => networks(n === 0))
  .chain((network) => {
    const region = regions(network.components.length);
    const rule = fc.oneof(
      region.map(
        ({ description, holds }): Unnamed => ({ description, eventually: (w) => holds(w) }),
      ),
      fc.tuple(region, region).map(
        ([from, to]): Unnamed => ({
          description: `${from.description} leads to ${to.description}`,
          leadsTo: { from: (w) => from.holds(w), to: (w) => to.holds(w) },
        }),
      ),
    );
    const rules = fc
      .array(fc.tuple(rule, fc.option(fairness)), { minLength: 1, maxLength: 4 })
      .map((all) =>
        all.map(([one, fair], i) => ({
          id: `r${i}`,
          source: 'chance',
          ...one,
          ...(fair && { fair }),
        })),
      );
    return fc.record({ rules, ends: fc.option(region, { freq: 3 }) }).map(({ rules, ends }) =>
      shown(
        {
          network: fc.stringify(network),
          rules: rules.map(({ description, ...rule }) => [
            description,
            'fair' in rule && Object.entries(rule.fair ?? {}).map(([kind, of]) => [kind, `${of}`]),
          ]),
          ends: ends?.description,
        },
        {
          ...network,
          rules: rules as Rule<RandomWorld>[],
          ...(ends && { isTerminal: ends.holds }),
        },
      ),
    );
  });

/** Rules of every kind about random states. */
export const rulesOn = (one: string, other: string): Rule<RandomWorld>[] => {
  const about = (id: string) => ({ id, description: id, source: 'chance' });
  return [
    { ...about('always'), always: (world) => world.at(0) !== one },
    { ...about('each'), each: () => [one, other], always: (w, part) => w.at(0) !== part },
    {
      ...about('step'),
      step: ({ before, after }) => before.at(0) !== one || after.at(0) !== other,
    },
    { ...about('again'), step: ({ again, emitted }) => again()?.length === emitted.length },
    {
      ...about('possible'),
      possible: [...new Set([one, other])].map((at) => ({
        description: at,
        holds: (w) => w.at(0) === at,
      })),
    },
    { ...about('recoverable'), recoverable: (world) => world.at(0) === one },
  ];
};
/** The visible part of a machine in such a network. */
export const seen = fc.tuple(fc.nat(2), fc.nat(2)).map(([state, count]) => `s${state}/${count}`);
