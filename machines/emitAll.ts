import { type EventObject, enqueueActions, type MachineContext } from 'xstate';
import type { Message } from '../src/model/network.js';

/** An action that emits several messages in order. */
export const emitAll = <C extends MachineContext, E extends EventObject>(
  words: (context: C, event: E) => readonly Message[],
) =>
  enqueueActions<C, E, undefined, E, never, never, never, never, Message>(
    ({ context, event, enqueue }) => {
      for (const word of words(context, event)) enqueue.emit(word);
    },
  );
