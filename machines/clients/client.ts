import type { AnyStateMachine } from 'xstate';
import type { Json, Message, Select } from '../../src/model/network.js';
import type { Flags, Kind, OwnerKind } from '../events.js';
import type { KernelFixes } from './kernelFixes.js';
import type { ClientReproducer } from './reproducer.js';

/** Numbers by scope key. */
export type Numbers<Key extends string = string> = Readonly<Record<Key, number>>;

/** An ops, as its client defines it. */
export interface ClientOps {
  readonly name: string;
  readonly kind: Kind;
  readonly owner: OwnerKind;
  readonly flags: Flags;
  /** The ops has FTRACE_OPS_FL_PERMANENT. Default: false. */
  readonly permanent?: boolean;
  /** It covers functions of modules that are loaded later. Default: false. */
  readonly coversLater?: boolean;
  /** The name of its trampolines in outcomes. Default: that of the client. */
  readonly trampoline?: string;
}

/** A step of an administrator; the guest takes the same description. */
export interface Action {
  readonly description: string;
  readonly message: Message;
  /** The description of the action without a choice that the kernel leaves open. Default: `description`. */
  readonly call?: string;
  /** The component that takes the message. Default: the client. */
  readonly to?: string;
}

export type Body = 'original' | 'patched' | 'patched2' | 'replaced' | 'overridden';

/** One call of a function, as far as ftrace routes it. */
export interface FunctionCall {
  readonly record: number;
  /** Names of the ops that the list function calls, newest first where their order has an effect. */
  readonly called: readonly string[];
  /** The trampoline that is called, as `fops.a`; null if none is. */
  readonly trampoline: string | null;
}

/**
 * The end of a call into freed memory. Where the kernel fills freed code with breakpoints, it panics; elsewhere it oopses
 * at an unmapped address.
 */
export type KernelEnd = 'PANIC' | 'OOPS';

/** The part of a state that a client shows to rules and outcomes. */
export interface ClientView {
  /** Names of its programs and probes that are attached to the function; each call of the function should hit each once. */
  attached(record: number): readonly string[];
  /** Names of its programs and probes that the call hits, if it runs that body; a name occurs once for each hit. */
  hits(call: FunctionCall, body: Body): readonly string[];
  /** The body to which one of its ops sets the ip in the call; undefined if that ops leaves the ip alone. */
  bodySetBy?(ops: string, call: FunctionCall): Body | undefined;
  /** The body that runs although the ip was set to `body`. */
  bodyRun?(body: Body, call: FunctionCall): Body;
  /** Whether the entry of the function jumps to its trampoline, and does not call it. */
  jumps?(record: number): boolean;
  /** Whether it changes the function without being hit. */
  changes?(record: number): boolean;
  /**
   * The end of the next call of the function, if that still calls memory that the client freed. `callsWhileOff`:
   * ftrace_enabled is 0, and the function calls something all the same.
   */
  freedCall?(record: number, callsWhileOff: boolean): KernelEnd | undefined;
  /** Facts about the client that outcomes name before the functions, as `NAME: STATE`. Default: none. */
  readonly notes?: readonly string[];
  /** Whether the last action called the functions. */
  hasCalled?(): boolean;
  /** The end of the kernel in an action of the client, or in a task that goes on after it. */
  readonly end?: KernelEnd | undefined;
  /** The story ends here: no rule makes a claim about later states. */
  readonly over?: boolean;
}

/** A key of a scope, with its largest number (the smallest is 0) and the line of the legend while it is not 0. */
export interface ScopeKey {
  readonly most: number;
  readonly legend?: (number: number) => string;
}

/**
 * A client of ftrace: a user of ftrace in the kernel, with everything that recwalk knows of it. `Key` are the keys of
 * its scope, `View` is what rules see of it. Its guest code in C is in the same folder.
 */
export interface Client<Key extends string, View extends ClientView> {
  /** The name of its component, and of its folder. */
  readonly name: string;
  readonly description: string;
  readonly scope: Readonly<Record<Key, ScopeKey>>;
  /** None if ftrace itself takes its actions. */
  readonly machine?: AnyStateMachine;
  input?(scope: Numbers<Key>, fixes: KernelFixes): Json;
  actions(scope: Numbers<Key>): readonly Action[];
  ops(scope: Numbers<Key>, fixes: KernelFixes): readonly ClientOps[];
  /** The view in a network that has the component, or in one without it. */
  view(select: Select | undefined, scope: Numbers<Key>): View;
  readonly reproducer: ClientReproducer;
}

/** Makes a client; infers its keys and its view. */
export const defineClient = <Key extends string, View extends ClientView>(
  client: Client<Key, View>,
): Client<Key, View> => client;

/** The action that adds a program, a probe or a client, and the one that removes it. */
export const onAndOff = (
  on: string,
  off: string,
  what: string,
  more: Readonly<Record<string, Json>> = {},
): readonly Action[] =>
  [on, off].map((type) => ({ description: `${type} ${what}`, message: { type, ...more } }));

export const NO_FLAGS: Flags = { direct: false, ipmodify: false, regs: false };

/** The return value of a client's call, from its ops or from ftrace on behalf of the ops. */
export type Returns = { type: 'returns'; errno: number };

/** Both functions. The second one shows the effect of a client elsewhere on the first. */
export const FUNCTIONS = [1, 2] as const;

/** The function of a module that comes and goes. */
export const MODULE_FUNCTION = 3;

/** The function of a system call without parameters, which has several names. */
export const ALIASED_FUNCTION = 4;

/** All functions, of which a scope has some. */
export const ALL_FUNCTIONS = [...FUNCTIONS, MODULE_FUNCTION, ALIASED_FUNCTION] as const;

/** The scope keys of the users of a function that only some scopes have. */
const KEYS_OF: Readonly<Record<number, readonly string[]>> = {
  [MODULE_FUNCTION]: ['module', 'tracer3', 'livepatch3', 'kprobe3', 'post3', 'event3'],
  [ALIASED_FUNCTION]: ['alias', 'livepatch4'],
};

/** The functions of a scope. */
export const functionsIn = (scope: Numbers): readonly number[] =>
  ALL_FUNCTIONS.filter((record) => KEYS_OF[record]?.some((key) => (scope[key] ?? 0) > 0) ?? true);
