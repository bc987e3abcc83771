import type { Limits } from '../../search/limits.js';

/** Limits of a search, as typed. */
export interface LimitFlags {
  readonly maxStates?: number;
  readonly memory: number;
  readonly workers?: number;
  readonly quiet?: boolean;
}

/** The limits in the form that a search takes. */
export const limitsOf = (
  { maxStates, memory, workers }: LimitFlags,
  signal: AbortSignal,
): Limits & { readonly signal: AbortSignal } => ({
  memory,
  ...(maxStates === undefined ? {} : { maxStates }),
  ...(workers === 1 ? { workerThreshold: Number.POSITIVE_INFINITY } : {}),
  signal,
});

/** A line with the limit that a call exceeded; empty if no call exceeded one. */
export const limitLine = ({ limit }: { readonly limit?: string }): string =>
  limit === undefined ? '' : `  ${limit}\n`;
