import { assign, emit, setup } from 'xstate';
import type { Message, Network } from '../../src/model/network.js';

/** A digit of an odometer: counts to `top`, and advances the next digit when it starts over. */
const digit = (top: number, next: Message & { readonly to: string }) =>
  setup({
    types: {} as { context: { n: number } },
    guards: { below: ({ context }) => context.n < top },
    actions: {
      up: assign({ n: ({ context }) => context.n + 1 }),
      zero: assign({ n: 0 }),
      carry: emit(next),
    },
  }).createMachine({
    context: { n: 0 },
    on: { move: [{ guard: 'below', actions: 'up' }, { actions: ['zero', 'carry'] }] },
  });

/** One call drives three digits through all (top + 1) ** 3 readings, with two messages each; `idle` does nothing. */
export const odometer = (top: number, isEndless = false): Network => ({
  name: 'odometer',
  description: 'an engine that runs until the last digit starts over',
  components: [
    { name: 'engine', machine: engine(isEndless) },
    { name: 'low', machine: digit(top, { type: 'move', to: 'middle' }) },
    { name: 'middle', machine: digit(top, { type: 'move', to: 'high' }) },
    { name: 'high', machine: digit(top, { type: 'stop', to: 'engine' }) },
  ],
  stimuli: ['run', 'idle'].map((type) => ({ to: 'engine', message: { type }, description: type })),
  world: () => undefined,
  rules: [{ id: 'true', description: 'nothing', source: 'none', always: () => true }],
});

const engine = (isEndless: boolean) =>
  setup({
    actions: {
      move: emit({ type: 'move', to: 'low' }),
      again: emit({ type: 'run', to: 'engine' }),
    },
  }).createMachine({
    initial: 'on',
    states: {
      on: { on: { run: { actions: ['move', 'again'] }, stop: isEndless ? {} : 'off', idle: {} } },
      off: { on: { run: {}, idle: {} } },
    },
  });

/** 16 million messages in one call. */
export default odometer(199);
