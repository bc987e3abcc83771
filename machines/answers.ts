import { enqueueActions, type MachineContext } from 'xstate';
import type { Message } from '../src/model/network.js';
import type { Command } from './words.js';

/** What an owner hears: a question, and that what it answers for was unregistered. */
export interface Asked {
  readonly type: Command | 'detached' | 'shares?';
  readonly ops: string;
  /** Where it answers for one record only. */
  readonly record?: number;
}

/** Answers ftrace, and lets the world know. */
export const answers = (errno: number) =>
  enqueueActions<MachineContext, Asked, undefined, Asked, never, never, never, never, Message>(
    ({ event, enqueue }) => {
      const { type, ops, record } = event;
      const about = record === undefined ? {} : { record };
      enqueue.emit({ type: 'callback', ops, command: type, errno, ...about });
      enqueue.emit({ type: 'answer', to: 'ftrace', errno });
    },
  );
