/** A story during playback: its calls by number, and the number of calls made. Undone calls remain for redo. */
export interface Playback {
  readonly calls: readonly number[];
  readonly at: number;
}

/** The story without calls. */
export const NOTHING: Playback = { calls: [], at: 0 };

/** Makes one more call. A call other than the next undone one discards the undone calls. */
export function take({ calls, at }: Playback, call: number): Playback {
  if (calls[at] === call) return { calls, at: at + 1 };
  return { calls: [...calls.slice(0, at), call], at: at + 1 };
}

/** Undoes or redoes calls until `at` of them are made. */
export const goTo = ({ calls }: Playback, at: number): Playback => ({
  calls,
  at: Math.max(0, Math.min(at, calls.length)),
});

/** Whether this is the story of these calls, at any position. */
export const isStoryOf = ({ calls }: Playback, others: readonly number[]): boolean =>
  calls.length === others.length && calls.every((call, i) => call === others[i]);

const LINK = '#calls=';

/** The URL fragment that leads to the current position of the story. */
export const linkTo = ({ calls, at }: Playback): string => `${LINK}${calls.slice(0, at).join('.')}`;

/** The calls in a URL fragment; undefined if the fragment is not one of linkTo(). */
export function linked(fragment: string): readonly number[] | undefined {
  const text = fragment.startsWith(LINK) ? fragment.slice(LINK.length) : undefined;
  if (text === undefined || !/^(\d+(\.\d+)*)?$/.test(text)) return undefined;
  return text === '' ? [] : text.split('.').map(Number);
}
