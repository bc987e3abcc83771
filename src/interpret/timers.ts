import type { AnyActor, EventObject } from 'xstate';

/** A delayed event. */
export interface Timer {
  readonly source: AnyActor;
  readonly target: AnyActor;
  /** The id by which it can be cancelled; undefined if it has none. */
  readonly id: string | undefined;
  readonly delay: number;
  readonly event: EventObject;
  /** Timers of one moment were scheduled by one stimulus; a lower number is an earlier moment. */
  readonly moment: number;
  /** XState forgets a timer when another one with its id is scheduled or fires: it still fires, but cannot be cancelled. */
  readonly isKnown: boolean;
}

/** The name by which a stimulus fires a timer: its id, or else the type of its event. */
export const timerName = ({ id, event }: Pick<Timer, 'id' | 'event'>): string => id ?? event.type;

/** The timers with their moments numbered from 0 without gaps, so that equal lists are equal states. */
export function renumbered(timers: readonly Timer[]): readonly Timer[] {
  const moments = [...new Set(timers.map(({ moment }) => moment))];
  return timers.map((timer) => ({ ...timer, moment: moments.indexOf(timer.moment) }));
}

const isSameSource = (one: Timer, { source, id }: Pick<Timer, 'source' | 'id'>): boolean =>
  id !== undefined && one.id === id && one.source === source;

/** The timers and one more. XState forgets an older one with the same id. */
export const scheduled = (timers: readonly Timer[], timer: Timer): readonly Timer[] => [
  ...forgotten(timers, timer),
  timer,
];

const forgotten = (
  timers: readonly Timer[],
  timer: Pick<Timer, 'source' | 'id'>,
): readonly Timer[] =>
  timers.map((one) => (isSameSource(one, timer) ? { ...one, isKnown: false } : one));

/** The timers without the one that `cancel(id)` of its source stops. */
export const cancelled = (
  timers: readonly Timer[],
  source: AnyActor,
  id: string | undefined,
): readonly Timer[] => timers.filter((one) => !(one.isKnown && isSameSource(one, { source, id })));

/** The timers without those of an actor that stops. */
export const withoutSource = (timers: readonly Timer[], source: AnyActor): readonly Timer[] =>
  timers.filter((one) => one.source !== source || !one.isKnown);

/** The timers after one of them fired. */
export const fired = (timers: readonly Timer[], timer: Timer): readonly Timer[] =>
  forgotten(
    timers.filter((one) => one !== timer),
    timer,
  );

/**
 * Whether a timer may fire before all others. It may not if another one was scheduled no later with no longer delay, or
 * at the same moment with a shorter one. Nothing else is known about the time that passed in between.
 */
export const isDue = (timers: readonly Timer[], timer: Timer): boolean =>
  timers.every((other) => {
    if (other === timer) return true;
    if (other.moment === timer.moment && other.delay !== timer.delay)
      return timer.delay < other.delay;
    return other.delay > timer.delay || timers.indexOf(timer) < timers.indexOf(other);
  });
