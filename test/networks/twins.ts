import fc from 'fast-check';
import type { Network } from '../../src/model/network.js';
import { keptOf, topOf } from './randomMachine.js';
import { judgedNetworks, type RandomWorld, seen } from './randomNetwork.js';

/** Adds symmetric copies of the last machine; messages to the original still go to it. */
function twins(
  { components, stimuli, ...network }: Network<RandomWorld>,
  copies: number,
): Network<RandomWorld> {
  const { machine } = components.at(-1)!;
  const members = Array.from({ length: copies }, (_, i) => `twin ${i}`);
  return {
    ...network,
    components: [...components, ...members.map((name) => ({ name, machine }))],
    stimuli: [
      ...stimuli,
      ...members.flatMap((to) =>
        [0, 1, 2].map((word) => ({
          to,
          message: { type: `w${word}` },
          description: `w${word} to ${to}`,
        })),
      ),
    ],
    symmetry: {
      kinds: [{ description: 'twins', members }],
      component: (name, named) => named(name),
      seen: (_, one) => one,
      small: () => twins({ components, stimuli, ...network }, 2),
    },
  };
}

/** A rule that reads all twins. */
const together = (network: Network<RandomWorld>, at: string): Network<RandomWorld> => {
  const { symmetry } = network;
  if (symmetry === undefined) return network;
  const names = symmetry.kinds[0]!.members;
  return {
    ...network,
    world: (look) => {
      const looks = names.map((name) => look(name, (seen) => `${topOf(seen)}/${keptOf(seen)}`));
      const world = network.world(look);
      return { ...world, at: (i) => (i < 0 ? looks.map((one) => one()).join() : world.at(i)) };
    },
    rules: [
      ...network.rules!,
      {
        id: 'together',
        description: `never all at ${at}`,
        source: 'chance',
        always: (world) => world.at(-1) !== names.map(() => at).join(),
      },
    ],
    symmetry: { ...symmetry, small: () => together(symmetry.small(), at) },
  };
};

/** Random networks, some of them with symmetric components. */
export const networksWithTwins: fc.Arbitrary<Network<RandomWorld>> = fc
  .record({
    plain: judgedNetworks.filter(({ components }) => components.length < 3),
    copies: fc.constantFrom(0, 2, 3),
    at: seen,
  })
  .map(({ plain, copies, at }) => {
    const network = copies === 0 ? plain : together(twins(plain, copies), at);
    return Object.assign(
      { ...network },
      {
        [fc.toStringMethod]: () => `${copies} twins at ${at}, ${fc.stringify(plain)}`,
      },
    );
  });
