import type { MachineContext } from 'xstate';
import { emitAll } from './emitAll.js';
import type { Command } from './events.js';

/** What an owner hears: a question, and that what it answers for was unregistered. */
export interface PendingCall {
  readonly type: Command | 'detached' | 'shares?';
  readonly ops: string;
  /** Where it answers for one record only. */
  readonly record?: number;
}

/** Answers ftrace, and lets the world know. */
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
