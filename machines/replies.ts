import type { MachineContext } from 'xstate';
import type { Message } from '../src/model/network.js';
import { emitAll } from './emitAll.js';
import type { Command, From } from './events.js';

/**
 * An event for an owner: a command, a query, `detached` when its ops or record was detached, the return value of a
 * call that it made, the begin and the end of its caller's call, or that its lock is taken and released.
 */
export interface PendingCall extends From {
  readonly type:
    | Command
    | 'detached'
    | 'shares?'
    | 'returns'
    | 'rebuild'
    | 'in use'
    | 'not in use'
    | 'lock'
    | 'unlock';
  readonly ops: string;
  /** Set if the owner answers for one record only. */
  readonly record?: number;
}

/** The messages of an answer: the callback to the outside, and the answer to ftrace. */
export const reply = (
  { type, ops, record, from }: PendingCall,
  errno: number,
): readonly Message[] => [
  { type: 'callback', ops, command: type, errno, ...(record === undefined ? {} : { record }) },
  { type: 'answer', to: from, errno },
];

/** Answers with `errno`. */
export const replies = <C extends MachineContext = MachineContext>(errno: number) =>
  emitAll<C, PendingCall>((_, event) => reply(event, errno));
