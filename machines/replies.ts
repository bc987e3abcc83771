import type { MachineContext } from 'xstate';
import { emitAll } from './emitAll.js';
import type { Command } from './events.js';

/** An event for an owner: a command, a query, or `detached` when its ops or record was detached. */
export interface PendingCall {
  readonly type: Command | 'detached' | 'shares?';
  readonly ops: string;
  /** Set if the owner answers for one record only. */
  readonly record?: number;
}

/** Answers ftrace with `errno`, and emits the callback to the outside. */
export const replies = (errno: number) =>
  emitAll<MachineContext, PendingCall>((_, { type, ops, record }) => [
    {
      type: 'callback',
      ops,
      command: type,
      errno,
      ...(record === undefined ? {} : { record }),
    },
    { type: 'answer', to: 'ftrace', errno },
  ]);
