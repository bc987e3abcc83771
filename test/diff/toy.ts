import { emit, setup } from 'xstate';
import type { Message, Network, SnapshotData } from '../../src/model/network.js';
import { lone } from '../networks/lone.js';

/** The reaction of a state to a message: the next state and the message to the world. */
type Answers = Readonly<Record<string, readonly [next: string, ...emitted: string[]]>>;

/**
 * A machine from a table of its states, beginning with the first. In `ask left` the call is `ask`, and the rest is an
 * open choice. A message with `!` goes to the machine itself.
 */
export function toy(
  name: string,
  states: Readonly<Record<string, Answers>>,
  more: Partial<Network<SnapshotData>> = {},
): Network<SnapshotData> {
  const machine = setup({
    types: {} as { events: Message; emitted: Message },
    actions: { say: emit((_, word: Message) => word) },
  }).createMachine({
    initial: Object.keys(states)[0]!,
    states: Object.fromEntries(
      Object.entries(states).map(([state, answers]) => [state, { on: transitions(answers) }]),
    ),
  });
  const words = [...new Set(Object.values(states).flatMap((answers) => Object.keys(answers)))];
  const { stimuli, ...rest } = lone(machine, words);
  return {
    ...rest,
    name,
    stimuli: stimuli.map((s) => ({ ...s, call: s.description.split(' ')[0]! })),
    ...more,
  };
}

const transitions = (answers: Answers) =>
  Object.fromEntries(
    Object.entries(answers).map(([word, [target, ...emitted]]) => [
      word,
      {
        target,
        actions: emitted.map((text) => ({
          type: 'say' as const,
          params: text.endsWith('!') ? { type: text.slice(0, -1), to: 'it' } : { type: text },
        })),
      },
    ]),
  );
