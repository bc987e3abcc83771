import type { AnyStateMachine } from 'xstate';
import type { Network, SnapshotData } from '../../src/model/network.js';

/** One machine, named `it`, and the words that may be said to it; the world is what is seen of it. */
export function lone(
  machine: AnyStateMachine,
  words: readonly string[],
  more: Partial<Network<SnapshotData>> = {},
): Network<SnapshotData> {
  return {
    name: 'lone',
    description: 'one machine',
    components: [{ name: 'it', machine }],
    stimuli: words.map((type) => ({ to: 'it', message: { type }, description: type })),
    world: (look) => {
      const it = look('it');
      return {
        get value() {
          return it().value;
        },
        get context() {
          return it().context;
        },
      };
    },
    ...more,
  };
}
