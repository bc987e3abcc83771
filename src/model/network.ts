import type { AnyStateMachine, EventObject, SnapshotStatus, StateValue } from 'xstate';

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [k: string]: Json };

/**
 * One word. Said by a component with XState's `emit`, heard by the component that `to` names;
 * without `to` it is said to the world and becomes part of the call's outcome.
 */
export interface Message {
  readonly type: string;
  readonly to?: string;
  readonly [field: string]: Json | undefined;
}

/** One part of a network: a plain XState v5 machine under a name of its own. */
export interface Component {
  readonly name: string;
  readonly machine: AnyStateMachine;
  readonly input?: Json;
}

/**
 * Something the environment may do: say `message` to component `to`, then each word of `also` to
 * its receiver. It is offered in every state in which all of them can hear it, and runs to silence.
 */
export interface Stimulus {
  readonly to: string;
  readonly message: Message;
  readonly also?: readonly (Message & { readonly to: string })[];
  /** The call as a person writes it, choices included: `register X records 2,1`. */
  readonly description: string;
  /** Stimuli of one `call` differ only in a choice that the design leaves open. Default: `says`. */
  readonly call?: string;
}

/** A component in one state: the fields of XState's snapshot that follow from the state, and change nothing. */
export interface Snapshot {
  readonly value: unknown;
  // biome-ignore lint/suspicious/noExplicitAny: contexts are as different as machines are
  readonly context: any;
  /** `done` in a final state of the machine itself, else `active`. */
  readonly status: SnapshotStatus;
  /** What a machine that is done gives, if anything: it may depend on the last event. */
  readonly output: unknown;
  readonly tags: ReadonlySet<string>;
  matches(value: StateValue): boolean;
  hasTag(tag: string): boolean;
  /** Whether the event would lead to another state or an action. */
  can(event: EventObject): boolean;
}

/** What makes a component's state: the rest of `Seen` follows. */
export type SnapshotData = Pick<Snapshot, 'value' | 'context'> & Partial<Pick<Snapshot, 'output'>>;

/** Gives a component's present state, or what is read of it; bound to a name once, then cheap to call. */
export type Selector<V = Snapshot> = () => V;

/**
 * Binds a look to a component. What a rule reads of a component decides how often it must be asked
 * anew: with `read`, a pure function that gives plain JSON, states that read alike count as one.
 */
export type Select = <V = Snapshot>(component: string, read?: (seen: Snapshot) => V) => Selector<V>;

/**
 * Machines that talk, and what may be done to them. Predicates are written as methods, so that a
 * network of a known world can be handed to what works for all. `W` is the world as rules see it: an object
 * whose getters read the present state through the looks it was made with.
 */
export interface Network<W = unknown> {
  readonly name: string;
  readonly description: string;
  readonly components: readonly Component[];
  readonly stimuli: readonly Stimulus[];
  world(select: Select): W;
  /** True where the story is over: no stimulus is offered there, and that is no deadlock. */
  isTerminal?(world: W): boolean;
  readonly rules?: readonly Rule<W>[];
  /** What the world sees of a call, in parts that a person reads. Default: the words said, as JSON. */
  outcome?(emitted: readonly Message[], after: W): readonly string[];
  /** What no real system shows of a call; told where a rule is about that. */
  unobservable?(emitted: readonly Message[]): readonly string[];
  /** The same for programs. Default: the words said. */
  outcomeData?(emitted: readonly Message[], after: W): Json;
  /**
   * Names the way in which a call that emitted these messages breaks a rule: calls of one name are one break class, and
   * `check` reports each class with a shortest story of its own. Names must not tell apart what `symmetry` exchanges.
   * Default: the type of the message and the types of the messages emitted.
   */
  breakClass?(call: Stimulus, emitted: readonly Message[]): string;
  /** How much of the world this network holds, for programs. */
  readonly scope?: Readonly<Record<string, Json>>;
  /** The same for people, in a line; printed with every verdict. */
  readonly scopeText?: string;
  readonly symmetry?: Symmetry<W>;
  /** How to read its stories. */
  readonly glossary?: string;
}

/**
 * What is alike in a network: whatever can be done to one of a kind can be done to another, with the
 * same outcome under exchanged names. Never believed: it is used where a search of the small network has shown it.
 */
export interface Symmetry<W = unknown> {
  readonly kinds: readonly { readonly description: string; readonly members: readonly string[] }[];
  /** The component that takes this one's place when names are exchanged. */
  component(name: string, named: (name: string) => string): string;
  /** What is seen of it there, when `seen` was seen here. */
  seen(component: string, seen: Snapshot, named: (name: string) => string): SnapshotData;
  /** The same in small, with two members of every kind that has more than one. */
  small(): Network<W>;
}

/** One call as rules see it. */
export interface Step<W> {
  readonly before: W;
  readonly call: Stimulus;
  /** Everything said to the world during the call, in order. */
  readonly emitted: readonly Message[];
  readonly after: W;
  /** Whether the call left this component in another state than before. */
  readonly changed: (component: string) => boolean;
  /**
   * What would be said if the same call were made once more, and with each use once more after
   * that; undefined where it is not offered or goes wrong, and from then on.
   */
  readonly again: () => readonly Message[] | undefined;
}

export interface Goal<W> {
  readonly description: string;
  holds(world: W): boolean;
  /**
   * Whether the network has the parts that the goal is about, judged once, in the first state. A goal out of scope
   * is reported as such, and is neither reached nor missed. Default: it is in scope.
   */
  inScope?(world: W): boolean;
}

/** What a rule is called, and why it is one. */
interface RuleHeader {
  readonly id: string;
  readonly description: string;
  readonly source: string;
  /** Why a real system cannot show a break in any outcome, where that is so. */
  readonly unobservable?: string;
}

/** Of every reachable state. */
interface AlwaysRule<W> extends RuleHeader {
  always(world: W, part?: unknown): boolean;
  /**
   * What `always` claims of each of several things alone: these things, always
   * the same and in the same order. Cheaper to judge: a call that leaves one alone need not ask of it.
   */
  each?(world: W): readonly unknown[];
  readonly step?: never;
  readonly possible?: never;
  readonly recoverable?: never;
}

/** Of every call in every reachable state. */
interface StepRule<W> extends RuleHeader {
  step(step: Step<W>): boolean;
  readonly always?: never;
  readonly each?: never;
  readonly possible?: never;
  readonly recoverable?: never;
}

/** Each goal can be reached (guards against a design that refuses everything). */
interface PossibleRule<W> extends RuleHeader {
  readonly possible: readonly Goal<W>[];
  readonly always?: never;
  readonly each?: never;
  readonly step?: never;
  readonly recoverable?: never;
}

/** From every reachable state in which the story goes on such a state can be reached again. */
interface RecoverableRule<W> extends RuleHeader {
  recoverable(world: W): boolean;
  readonly always?: never;
  readonly each?: never;
  readonly step?: never;
  readonly possible?: never;
}

/** A claim with exactly one predicate, which answers true or false: true where the claim holds. */
export type Rule<W> = AlwaysRule<W> | StepRule<W> | PossibleRule<W> | RecoverableRule<W>;
