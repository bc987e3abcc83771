/** One call of a story with everything that can be observed of it. */
export interface Step {
  readonly call: string;
  /** The return value; `OOPS` if the call could not return. Unset if calls return nothing: `events` is the outcome. */
  readonly returned?: string;
  /** Owners that were asked or notified, with their replies. */
  readonly owners: readonly string[];
  /** WARN, DEAD, and the events of calling the functions after it. */
  readonly events: readonly string[];
  /** Empty if the functions cannot be observed. */
  readonly functions: readonly FunctionSeen[];
  /** Facts that only the model has; set if the rule is about them. */
  readonly aside: readonly string[];
}

/** One function after a call. */
export interface FunctionSeen {
  readonly number: number;
  readonly now: Look;
  /** The function before the call. */
  readonly before: Look;
}

/** The visible state of a function, in the columns of `enabled_functions`. */
export interface Look {
  readonly count: string;
  /** R, I and D, with a dot for each flag that is not set. */
  readonly flags: string;
  /** The trampoline that is called. */
  readonly direct: string;
  /** The code that ran when the function was called. */
  readonly ran: string;
}

/** A Look in the format of stories. */
export const lookText = ({ count, flags, direct, ran }: Look): string =>
  `(${count}) ${flags} ${direct} ran ${ran}`;

/** Whether a call changed a function's visible state. */
export const changed = ({ now, before }: FunctionSeen): boolean =>
  lookText(now) !== lookText(before);
