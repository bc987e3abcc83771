import type { Limits } from '../../search/limits.js';

/** What bounds a search, as it is typed. */
export interface LimitFlags {
  readonly maxStates?: number;
  readonly memory: number;
  readonly workers?: number;
  readonly quiet?: boolean;
}

/** The same for the search. */
export const limitsOf = (
  { maxStates, memory, workers }: LimitFlags,
  signal: AbortSignal,
): Limits & { readonly signal: AbortSignal } => ({
  memory,
  ...(maxStates === undefined ? {} : { maxStates }),
  ...(workers === 1 ? { workerThreshold: Number.POSITIVE_INFINITY } : {}),
  signal,
});

/** Where one call was given up: a line that says which. */
export const limitLine = ({ limit }: { readonly limit?: string }): string =>
  limit === undefined ? '' : `  ${limit}\n`;
