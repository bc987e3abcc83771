import { assign, fromCallback, setup } from 'xstate';

/** An upload: a callback reports progress, and hears when it is to stop. */
export default setup({
  types: {} as {
    context: { percent: number };
    events: { type: 'start' | 'cancel' | 'progress' | 'uploaded' };
  },
  actors: { upload: fromCallback(({ sendBack }) => sendBack({ type: 'uploaded' })) },
}).createMachine({
  id: 'upload',
  context: { percent: 0 },
  initial: 'idle',
  states: {
    idle: { on: { start: 'uploading' } },
    uploading: {
      invoke: { src: 'upload' },
      on: {
        progress: {
          guard: ({ context }) => context.percent < 100,
          actions: assign({ percent: ({ context }) => context.percent + 50 }),
        },
        uploaded: 'done',
        cancel: { target: 'idle', actions: assign({ percent: 0 }) },
      },
    },
    done: { type: 'final' },
  },
});
