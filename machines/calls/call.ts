import type { Stimulus } from '../../src/model/network.js';
import type { Call } from '../events.js';
import type { Features } from '../features.js';
import type { Ops, OpsEvent, OpsInput } from '../ops/context.js';
import type { Scope } from '../scopes.js';
import type { CallReproducer } from './reproducer.js';

/** Turns a message to an ops into the call that the ops sends to ftrace; `call` has the fields that all calls share. */
export type Request = (call: Call, ops: Ops, event: OpsEvent) => Call;

/** A function of ftrace's API, or several that belong together. Its guest code in C is in the same folder. */
export interface CallType {
  readonly description: string;
  /** Whether ops of this kind have the call; without it all have. `isTable`: it has a trampoline per record. */
  readonly isFor?: (ops: OpsInput, isTable: boolean) => boolean;
  /** The calls on an ops that a correct caller makes. */
  readonly stimuli?: (ops: OpsInput, scope: Scope, features: Features) => readonly Stimulus[];
  /** The calls on an ops that only a caller makes that misuses the API. */
  readonly misuse?: (ops: OpsInput, scope: Scope, features: Features) => readonly Stimulus[];
  /** The calls on ftrace itself. */
  readonly global?: (scope: Scope) => readonly Stimulus[];
  /** Requests by the type of the message to the ops. */
  readonly requests?: Readonly<Record<string, Request>>;
  /** Types of messages that only the ops itself handles. */
  readonly withoutRequest?: readonly string[];
  readonly reproducer?: CallReproducer;
}
