/** The place at which a caller stands in its call. */
export interface Stop {
  /** The lock before which the caller stands: its symbol, or `<ops>.regex_lock` and `<ops>.lock` for a lock in an ops. */
  readonly lock: string;
  /** The kernel's function that takes the lock, into which the compiler may have inlined others. */
  readonly function: string;
}

/** The answer of a guest to `start` or `step`. */
export type CallerAnswer = (
  | ({ readonly kind: 'stopped' } & Stop)
  /** `holder`: the caller that holds the lock. */
  | ({ readonly kind: 'blocked'; readonly holder: number } & Stop)
  | { readonly kind: 'returned'; readonly returned: string }
) & {
  /** The callbacks of the call so far, WARN, and the records or why they could not be read. */
  readonly observed: readonly string[];
};

/** Reads the outcome of `start` or `step`. */
export function parseCallerAnswer(outcome: string): CallerAnswer {
  const [first, ...observed] = outcome.split('; ') as [string, ...string[]];
  const [, state, lock, inFunction, holder] =
    /^(stopped|blocked) at (\S+) in (\w[\w.]*)(?:, held by (\d+))?$/.exec(first) ?? [];
  if (lock === undefined || inFunction === undefined)
    return { kind: 'returned', returned: first, observed };
  const stop = { lock, function: inFunction, observed };
  return state === 'stopped'
    ? { kind: 'stopped', ...stop }
    : { kind: 'blocked', holder: Number(holder), ...stop };
}
