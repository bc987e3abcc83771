/** A story as it is told: its calls by number, and how many of them are made. What is undone can be done again. */
export interface Playback {
  readonly calls: readonly number[];
  readonly at: number;
}

export const NOTHING: Playback = { calls: [], at: 0 };

/** One call more; another one than was undone makes that forgotten. */
export function take({ calls, at }: Playback, call: number): Playback {
  if (calls[at] === call) return { calls, at: at + 1 };
  return { calls: [...calls.slice(0, at), call], at: at + 1 };
}

/** Back or forth to where so many calls are made. */
export const goTo = ({ calls }: Playback, at: number): Playback => ({
  calls,
  at: Math.max(0, Math.min(at, calls.length)),
});

/** Whether it is the story of these calls, however many of them are made. */
export const tells = ({ calls }: Playback, others: readonly number[]): boolean =>
  calls.length === others.length && calls.every((call, i) => call === others[i]);

const LINK = '#calls=';

/** The fragment of an address that leads to where the story stands. */
export const linkTo = ({ calls, at }: Playback): string => `${LINK}${calls.slice(0, at).join('.')}`;

/** The calls that a fragment holds; undefined where it is none of ours. */
export function linked(fragment: string): readonly number[] | undefined {
  const text = fragment.startsWith(LINK) ? fragment.slice(LINK.length) : undefined;
  if (text === undefined || !/^(\d+(\.\d+)*)?$/.test(text)) return undefined;
  return text === '' ? [] : text.split('.').map(Number);
}
