import type { AnyStateMachine, EventObject, SnapshotStatus, StateValue } from 'xstate';

/** A value that JSON can represent. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [k: string]: Json };

/**
 * A message, emitted by a component with XState's `emit` and delivered to the component that `to` names. Without `to`
 * it goes to the environment and becomes part of the call's outcome.
 */
export interface Message {
  readonly type: string;
  readonly to?: string;
  readonly [field: string]: Json | undefined;
}

/** A part of a network: a plain XState v5 machine with a unique name. */
export interface Component {
  readonly name: string;
  readonly machine: AnyStateMachine;
  readonly input?: Json;
}

/**
 * An input from the environment: sends `message` to component `to`, then each message of `also` to its receiver. A
 * stimulus is enabled in each state in which every receiver has a transition for its message. It runs to quiescence.
 */
export interface Stimulus {
  readonly to: string;
  readonly message: Message;
  readonly also?: readonly (Message & { readonly to: string })[];
  /** The call as text, with its choices: `register X records 2,1`. */
  readonly description: string;
  /** Stimuli with the same `call` differ only in a choice that the design leaves open. Default: `description`. */
  readonly call?: string;
}

/**
 * A component in one state: the fields of XState's snapshot that depend on the state alone and have no side effects.
 */
export interface Snapshot {
  readonly value: unknown;
  // biome-ignore lint/suspicious/noExplicitAny: contexts are as different as machines are
  readonly context: any;
  /** `done` in a final state of the machine itself, else `active`. */
  readonly status: SnapshotStatus;
  /** The output of a machine that is done, if it has one. It may depend on the last event. */
  readonly output: unknown;
  readonly tags: ReadonlySet<string>;
  /** The running actors that the machine started, by path: the ids of an actor's ancestors and its own, with dots. */
  readonly actors?: Readonly<Record<string, ActorSnapshot>>;
  /** The delayed events that are scheduled: their ids, or the types of their events. */
  readonly timers?: readonly string[];
  matches(value: StateValue): boolean;
  hasTag(tag: string): boolean;
  /** Whether the event would lead to another state or an action. */
  can(event: EventObject): boolean;
}

/** An actor that a machine started. `value` is undefined if the actor is no machine. */
export type ActorSnapshot = Pick<Snapshot, 'value' | 'context' | 'status' | 'output'>;

/** The fields that identify a component's state. The other fields of `Snapshot` follow from them. */
export type SnapshotData = Pick<Snapshot, 'value' | 'context'> & Partial<Pick<Snapshot, 'output'>>;

/** Returns a component's current snapshot, or the value that `read` takes from it. Bind it once; calls are cheap. */
export type Selector<V = Snapshot> = () => V;

/**
 * Binds a selector to a component. A rule is evaluated again only where a value that it read differs. `read`, a pure
 * function that returns plain JSON, narrows that value: states with equal readings count as one.
 */
export type Select = <V = Snapshot>(component: string, read?: (seen: Snapshot) => V) => Selector<V>;

/**
 * A network of communicating machines, with the stimuli that the environment may send. `W` is the world, the object
 * that rules read: its getters return the current state through the selectors bound when it was made. Predicates are
 * declared as methods, so that a network with a specific `W` is assignable to `Network`.
 */
export interface Network<W = unknown> {
  readonly name: string;
  readonly description: string;
  readonly components: readonly Component[];
  readonly stimuli: readonly Stimulus[];
  world(select: Select): W;
  /** True in a terminal state: no stimulus is enabled there, and the state is not a deadlock. */
  isTerminal?(world: W): boolean;
  readonly rules?: readonly Rule<W>[];
  /** The observable outcome of a call, in readable parts. Default: the emitted messages as JSON. */
  outcome?(emitted: readonly Message[], after: W): readonly string[];
  /** The parts of a call that no real system shows. Reported with a rule that depends on them. */
  unobservable?(emitted: readonly Message[]): readonly string[];
  /** The outcome as data, for programs. Default: the emitted messages. */
  outcomeData?(emitted: readonly Message[], after: W): Json;
  /**
   * Names the way in which a call that emitted these messages breaks a rule. Calls with one name form a break class,
   * and `check` reports each class with its own shortest story. The name must be the same for members that `symmetry`
   * exchanges. Default: the type of the message and the types of the messages emitted.
   */
  breakClass?(call: Stimulus, emitted: readonly Message[]): string;
  /** The parts of the real system that this network models, as data for programs. */
  readonly scope?: Readonly<Record<string, Json>>;
  /** The scope as one line of text, printed with every verdict. */
  readonly scopeText?: string;
  readonly symmetry?: Symmetry<W>;
  /** Explains the terms in the network's stories. */
  readonly glossary?: string;
}

/**
 * A symmetry of a network (Murphi scalarsets, Ip & Dill 1996): each call on one member of a kind is also possible on
 * another member, with the same outcome under exchanged names. The search uses a declared symmetry only after a search
 * of the small network has verified it.
 */
export interface Symmetry<W = unknown> {
  readonly kinds: readonly { readonly description: string; readonly members: readonly string[] }[];
  /** The name of the component that replaces this one when `named` exchanges the members' names. */
  component(name: string, named: (name: string) => string): string;
  /** The state of that component which corresponds to the state `seen` of this one. */
  seen(component: string, seen: Snapshot, named: (name: string) => string): SnapshotData;
  /** The same network with two members of every kind that has more than one. */
  small(): Network<W>;
}

/** A call as rules see it. */
export interface Step<W> {
  readonly before: W;
  readonly call: Stimulus;
  /** Messages emitted to the environment during the call, in order. */
  readonly emitted: readonly Message[];
  readonly after: W;
  /** Whether this component's state differs before and after the call. */
  readonly changed: (component: string) => boolean;
  /**
   * Repeats the call and returns the messages that it emits. Each use repeats it once more after the repetitions
   * before. Returns undefined once the call is disabled or fails, and from then on.
   */
  readonly again: () => readonly Message[] | undefined;
}

/** A state that must be reachable, as a predicate over worlds. */
export interface Goal<W> {
  readonly description: string;
  holds(world: W): boolean;
  /**
   * Whether the network has the parts that the goal is about. Evaluated once, in the first state. A goal out of scope
   * is reported as such and is neither reached nor missed. Default: the goal is in scope.
   */
  inScope?(world: W): boolean;
}

/** The identity of a rule, and the source that justifies it. */
interface RuleHeader {
  readonly id: string;
  readonly description: string;
  readonly source: string;
  /** Why a real system cannot show a violation in any outcome. Absent if it can. */
  readonly unobservable?: string;
}

/** The properties in which the kinds of rules differ. */
type Kind =
  | 'always'
  | 'each'
  | 'step'
  | 'possible'
  | 'recoverable'
  | 'eventually'
  | 'leadsTo'
  | 'fair'
  | 'serializable';

/** A rule that has, of these properties, only those named. */
type Only<K extends Kind> = { readonly [P in Exclude<Kind, K>]?: never };

/** An invariant: holds in every reachable state. */
interface AlwaysRule<W> extends RuleHeader, Only<'always' | 'each'> {
  always(world: W, part?: unknown): boolean;
  /**
   * The things about each of which `always` makes a separate claim: always the same ones, in the same order. `always`
   * is evaluated with one thing as `part`. This is cheaper: a call that does not affect a thing needs no evaluation.
   */
  each?(world: W): readonly unknown[];
}

/** A transition property: holds for every call in every reachable state. */
interface StepRule<W> extends RuleHeader, Only<'step'> {
  step(step: Step<W>): boolean;
}

/** Each goal is reachable. This detects a design that refuses everything. */
interface PossibleRule<W> extends RuleHeader, Only<'possible'> {
  readonly possible: readonly Goal<W>[];
}

/** AG EF: from every reachable state that is not terminal, a state where the predicate is true can be reached again. */
interface RecoverableRule<W> extends RuleHeader, Only<'recoverable'> {
  recoverable(world: W): boolean;
}

/**
 * Which paths a liveness rule is about. Each function puts stimuli into groups by name, for example one group for each
 * caller; undefined: the stimulus is in no group. A group is enabled in a state where one of its stimuli is, and taken
 * when one of them is made.
 */
export interface Fairness {
  /** A group that is enabled in all states from some point on is taken again and again (weak fairness, justice). */
  weak?(call: Stimulus): string | undefined;
  /** A group that is enabled again and again is taken again and again (strong fairness, compassion). */
  strong?(call: Stimulus): string | undefined;
}

/** F: on every path from the first state, a state where the predicate is true is reached. */
interface EventuallyRule<W> extends RuleHeader, Only<'eventually' | 'fair'> {
  eventually(world: W): boolean;
  /** Only fair paths count. Default: every path counts. */
  readonly fair?: Fairness;
}

/** The two predicates of a `leadsTo` rule. */
export interface Response<W> {
  from(world: W): boolean;
  to(world: W): boolean;
}

/** G(from -> F to): on every path, a state where `to` is true is, or follows, each state where `from` is true. */
interface LeadsToRule<W> extends RuleHeader, Only<'leadsTo' | 'fair'> {
  readonly leadsTo: Response<W>;
  /** Only fair paths count. Default: every path counts. */
  readonly fair?: Fairness;
}

/** A claim that something happens on every path: no finite part of a path that goes on can break it. */
export type LivenessRule<W> = EventuallyRule<W> | LeadsToRule<W>;

/** Processes whose calls overlap. A call begins with a stimulus, and ends with one after which its process is idle. */
export interface Processes<W> {
  /** The process that makes the stimulus; undefined: no process does. */
  process(call: Stimulus): string | undefined;
  /** Whether the process has no call under way. */
  isIdle(world: W, process: string): boolean;
  /** The result of a call, from the messages that its last stimulus emits. Default: these messages. */
  result?(emitted: readonly Message[]): Json;
}

/**
 * Two calls of two processes that overlap, from a state in which all processes are idle, end as the same calls do one
 * after the other in one of the two orders: with the same results, and in the same state (Papadimitriou 1979).
 */
interface SerializableRule<W> extends RuleHeader, Only<'serializable'> {
  readonly serializable: Processes<W>;
}

/** A claim about a network. It has exactly one predicate, which returns true where the claim holds. */
export type Rule<W> =
  | AlwaysRule<W>
  | StepRule<W>
  | PossibleRule<W>
  | RecoverableRule<W>
  | LivenessRule<W>
  | SerializableRule<W>;
