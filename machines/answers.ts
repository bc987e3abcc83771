import type { MachineContext } from 'xstate';
import { sayAll } from './say.js';
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
  sayAll<MachineContext, Asked>((_, { type, ops, record }) => [
    {
      type: 'callback',
      ops,
      command: type,
      errno,
      ...(record === undefined ? {} : { record }),
    },
    { type: 'answer', to: 'ftrace', errno },
  ]);
