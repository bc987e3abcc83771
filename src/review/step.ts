/** One call of a story with all that could be seen of it. */
export interface Step {
  readonly call: string;
  /** What it returned; `OOPS` where nobody was left to return. */
  readonly returned: string;
  /** Owners that were asked or told, with their answers. */
  readonly owners: readonly string[];
  /** WARN, DEAD, and what happened when the functions were called after it. */
  readonly events: readonly string[];
  /** Empty where nothing can be seen of them any more. */
  readonly functions: readonly FunctionSeen[];
  /** What only the model knows of it, where the rule is about that. */
  readonly aside: readonly string[];
}

/** One function after a call. */
export interface FunctionSeen {
  readonly number: number;
  readonly now: Look;
  /** As it was before the call. */
  readonly before: Look;
}

/** What is seen of a function, in the columns of `enabled_functions`. */
export interface Look {
  readonly count: string;
  /** R, I and D, a dot for each that does not stand. */
  readonly flags: string;
  /** The trampoline that is called. */
  readonly direct: string;
  /** What ran when the function was called. */
  readonly ran: string;
}

/** A look as stories write it. */
export const lookText = ({ count, flags, direct, ran }: Look): string =>
  `(${count}) ${flags} ${direct} ran ${ran}`;

export const changed = ({ now, before }: FunctionSeen): boolean =>
  lookText(now) !== lookText(before);
