import type { AnyStateMachine } from 'xstate';
import type { Network, SnapshotData } from '../../src/model/network.js';

/** A network of one machine, named `it`, with a stimulus for each of these event types; its world is the snapshot. */
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
