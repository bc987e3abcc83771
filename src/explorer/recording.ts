import type { StateView } from '../domain.js';
import type { Explored, Place, RuleView, Shown, Step } from './explored.js';

/** Maximum number of states whose calls a page contains, beside those of the counterexamples. */
export const MOST_RECORDED = 2_000;

/** The states and calls of a network as data, for a page that does not have its machines. */
export interface Recording {
  readonly shown: Shown;
  readonly rules: readonly RuleView[];
  /** The machine of each component as SVG. */
  readonly charts: readonly { readonly name: string; readonly svg: string }[];
  /** The first state is the first. */
  readonly states: readonly RecordedState[];
}

/** A state; without steps, the page does not contain its calls. */
interface RecordedState extends Pick<Place, 'over' | 'broken' | 'reached'> {
  readonly view: StateView;
  readonly steps?: readonly RecordedStep[];
}

/** A step to the state of this number; without a number it failed. */
interface RecordedStep extends Omit<Step, 'after'> {
  readonly to?: number;
}

/** Records a network breadth-first, up to `most` states, and the states of these stories. */
export function record(
  explored: Explored,
  stories: readonly (readonly number[])[],
  most = MOST_RECORDED,
): Pick<Recording, 'shown' | 'rules' | 'states'> {
  const numbers = new Map<string, number>();
  const places: Place[] = [];
  const numberOf = (place: Place): number => {
    const key = place.state.join();
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, places.length);
    return places.push(place) - 1;
  };
  const steps = new Map<number, readonly RecordedStep[]>();
  const recordSteps = (number: number) => {
    if (steps.has(number)) return;
    const offers = explored.offers(places[number]!);
    steps.set(
      number,
      offers.map(({ after, ...step }) =>
        step.fault === undefined ? { ...step, to: numberOf(after) } : step,
      ),
    );
  };
  numberOf(explored.first);
  // `places` grows during the loop: this is breadth-first search.
  for (let number = 0; number < places.length && number < most; number++) recordSteps(number);
  for (const calls of stories) {
    let number: number | undefined = 0;
    for (const call of calls) {
      recordSteps(number);
      number = steps.get(number)!.find(({ stimulus }) => stimulus === call)?.to;
      if (number === undefined) break;
    }
    if (number !== undefined) recordSteps(number);
  }
  const { shown, rules } = explored;
  return {
    shown,
    rules,
    states: places.map((place, number) => {
      const { over, broken, reached } = place;
      const made = steps.get(number);
      return { over, broken, reached, view: explored.view(place), ...(made && { steps: made }) };
    }),
  };
}

/** Steps through a recording. The state of a place is its number. */
export function replayed({ shown, rules, states }: Recording): Explored {
  const placeOf = (number: number): Place => {
    const { over, broken, reached, steps } = states[number]!;
    const state = Int32Array.of(number);
    return { state, over, broken, reached, ...(steps ? {} : { beyond: true }) };
  };
  return {
    shown,
    rules,
    first: placeOf(0),
    offers: (place) =>
      place.over
        ? []
        : (states[place.state[0]!]!.steps ?? []).map(({ to, ...step }) => ({
            ...step,
            after:
              to === undefined ? { ...place, over: true, broken: [], reached: [] } : placeOf(to),
          })),
    view: ({ state }) => states[state[0]!]!.view,
  };
}
