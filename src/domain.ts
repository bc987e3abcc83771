import type { AnyStateMachine } from 'xstate';
import type { GuestKind } from './kernel/guestSources.js';
import type { Json, Message, Network, Rule, Stimulus } from './model/network.js';

/**
 * Designs of one thing, and everything that recwalk's commands need to know about them: ftrace is the built-in domain,
 * and a file of your own may export another. `F` is the features of a design, `S` a scope, `W` the world of the
 * networks.
 */
export interface Domain<F extends object = object, S = unknown, W = unknown> {
  readonly name: string;
  /** The designs in the order of their dates, with unique names. */
  readonly designs: readonly Design<F>[];
  readonly rules: readonly Rule<W>[];
  /** The candidates of `repair`. */
  readonly fixes?: readonly Fix<F>[];
  /** One line about each feature. With these lines, `diff` names the features that cause a difference. */
  readonly features?: Readonly<Record<keyof F & string, string>>;
  /** Scopes by name. The scope `default` is the default, or else the first. Without scopes, --scope is refused. */
  readonly scopes?: Readonly<Record<string, S>>;
  /** The scope as --scope takes it. Default: its name. */
  scopeText?(scope: S): string;
  /** Parses a text that is not the name of a scope. Throws a UserError. Default: every such text is an error. */
  parseScope?(text: string): S;
  /** The text of a scope that has these steps; undefined if none has. Without it, steps need a scope. */
  scopeOfSteps?(steps: readonly string[]): string | undefined;
  /** Machines that can be exported alone, by name. Default: the components of the first design. */
  readonly machines?: Readonly<Record<string, Machine>>;
  /** The network of a design in a scope, with these rules. `scope` is undefined if the domain has no scopes. */
  network(design: Design<F>, scope: S, rules: readonly Rule<W>[]): Network<W>;
  /** Names the divergence class of a call whose outcomes differ in two designs. Default: by the emitted messages. */
  divergenceClass?(
    scope: S,
  ): (call: Stimulus, results: readonly [CallResult, CallResult]) => string;
  /** The life cycle of the parts of a design, as `review` and `export` draw it. Default: all states of the design. */
  life?(design: string): Life<W>;
  /** The display of a state in `explore`. Default: the state of each component. */
  readonly display?: Display<W>;
  /** The texts of a review besides its verdicts. */
  readonly review?: ReviewText<S>;
  /** The guest that plays the networks of a scope on a kernel. Without it, no kernel can play them. */
  guest?(scope: S): Guest;
}

/** One way in which the thing could work. A design is its features: `network` makes the components from them. */
export interface Design<F extends object = object> {
  readonly name: string;
  /** Date of proposal, merge or release, in ISO 8601. */
  readonly date: string;
  readonly description: string;
  /** The mail, commit or document that proposed or shipped it. */
  readonly source: string;
  readonly features: F;
  /** Ids of the rules that it breaks in the default scope. */
  readonly breaks: readonly string[];
  /** The kernel that should behave like this design, by the name that `recwalk replay` takes. */
  readonly kernel?: string;
}

/** A candidate fix: a change of features. */
export interface Fix<F extends object = object> {
  readonly name: string;
  readonly description: string;
  /** The place for the change. */
  readonly where: string;
  /** The argument against it, so that readers can weigh it. */
  readonly drawback: string;
  readonly change: Partial<F>;
  /** Whether the change can have an effect in a scope. Default: it can in every scope. */
  concerns?(scope: never): boolean;
}

/** A machine that can be inspected on its own. */
export interface Machine {
  readonly machine: AnyStateMachine;
  readonly description: string;
  /** An input with which it can start. */
  readonly input?: Json;
}

/** The result of a call in one design; without a report where the call was not enabled. */
export interface CallResult {
  readonly how: string;
  readonly report?: Json;
}

/** One call, with the world before and after it. */
export interface MadeCall<W> {
  readonly call: Stimulus;
  readonly emitted: readonly Message[];
  readonly before: W;
  readonly after: W;
}

/** A view of a network as identical parts, each in a stage of its life. */
export interface Life<W> {
  readonly name: string;
  /** The word for one part. */
  readonly part: string;
  /** The stage of each part, in the order of the parts. */
  stages(world: W): readonly string[];
  /** The event that a call is for each part; undefined if the call does not affect the part. */
  events(made: MadeCall<W>): readonly (string | undefined)[];
}

/** How `explore` shows a state. */
export interface Display<W> {
  view(world: W): StateView;
  /** How to read the display, in one paragraph. */
  readonly reading: string;
  /** Types of messages whose calls are listed first. */
  readonly order: readonly string[];
  /** An example of a text that filters the calls. */
  readonly filter: string;
}

/** The visible state of a network. */
export interface StateView {
  readonly status?: { readonly text: string; readonly good: boolean };
  readonly tables: readonly StateTable[];
  /** The stages of the first table's rows, which their field `state` names, to be drawn. */
  readonly stages?: readonly string[];
}

/** Things of one kind, one row each. */
export interface StateTable {
  readonly what: string;
  readonly rows: readonly RowView[];
}

/** A named thing, as fields of text. */
export interface RowView {
  readonly name: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** The parts of a review that are not about one design. */
export interface ReviewText<S> {
  /** The question of the review, where it was asked, and the design that implements it. */
  readonly question: { readonly text: string; readonly source: string; readonly design: string };
  /** The behavior that only a wider scope would cover, one sentence each. */
  beyond(scope: S): readonly string[];
  /** Aspects that no design models, one sentence each. */
  readonly limitations: readonly string[];
}

/** The guest that plays a network, and its `setup` commands. */
export interface Guest {
  readonly kind: GuestKind;
  readonly setups: readonly string[];
}

/** The design with some of its features changed. */
export const flipped = <F extends object>(
  design: Design<F>,
  ...changes: readonly Partial<F>[]
): Design<F> => ({ ...design, features: Object.assign({}, design.features, ...changes) });

/** Whether the fix changes any of these features. */
export const isChange = <F extends object>({ change }: Fix<F>, features: F): boolean =>
  Object.entries(change).some(([key, value]) => !isSame(features[key as keyof F], value));

/** Whether two values of a feature are the same. */
export const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
