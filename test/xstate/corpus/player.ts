import { emit, setup } from 'xstate';

/** A player: playing and volume are independent; it remembers where it was when it is switched off. */
export default setup({
  types: {} as {
    events: { type: 'power' | 'play' | 'pause' | 'mute' };
    emitted: { type: 'beep' };
  },
  actions: { beep: emit({ type: 'beep' }) },
}).createMachine({
  id: 'player',
  initial: 'off',
  states: {
    off: { on: { power: 'on.back' } },
    on: {
      entry: 'beep',
      type: 'parallel',
      on: { power: 'off' },
      states: {
        back: { type: 'history', history: 'deep' },
        film: {
          initial: 'paused',
          states: { paused: { on: { play: 'playing' } }, playing: { on: { pause: 'paused' } } },
        },
        sound: {
          initial: 'loud',
          states: { loud: { on: { mute: 'muted' } }, muted: { on: { mute: 'loud' } } },
        },
      },
    },
  },
});
