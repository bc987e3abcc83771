import type { Check, RuleResult } from '../../search/check.js';
import type { Checked, Evidence } from './checkResult.js';
import { type Observation, timesText, unobservableOf } from './observations.js';

/** A design, or clients of one. */
export interface Played {
  readonly name: string;
  /** The kernel that should behave like it. */
  readonly kernel?: string;
}

/**
 * Evidence for the broken rules of a design, by rule id and break class. Only observations of exactly the same calls
 * count: a kernel that breaks the rule by another story is no evidence for this one. An empty list means that a kernel
 * could play the story and none has.
 */
export function evidenceOf(
  { rules, compiled }: Check,
  design: Played,
  seen: readonly Observation[],
): Checked['evidence'] {
  const { stimuli } = compiled.network;
  const callsOf = (path: readonly number[]) => path.map((s) => stimuli[s]!.description).join('\n');
  const played = (id: string, path: readonly number[]) =>
    seen
      .filter((s) => s.design === design.name && s.rule === id)
      .filter((s) => s.calls.join('\n') === callsOf(path));
  return new Map(
    rules
      .filter(({ verdict }) => verdict === 'broken')
      .map(({ rule, path, classes = [{ path }] }) => [
        rule.id,
        classes.map((one) => {
          const shown = one.path === undefined ? [] : once(played(rule.id, one.path).map(shownBy));
          return shown.length > 0 ? shown : unplayed(rule, one.path, design);
        }),
      ]),
  );
}

function shownBy({ kernel, times, agrees, unobservable, difference }: Observation): Evidence {
  const because =
    difference !== undefined
      ? `the kernel behaves differently at "${difference.call}"`
      : agrees
        ? unobservable
        : 'the kernel made another choice where the design leaves one';
  const where = { kernel, ...(times === undefined ? {} : { times }) };
  return because === undefined ? { ...where, seen: true } : { ...where, seen: false, because };
}

function unplayed(
  rule: RuleResult<unknown>['rule'],
  path: readonly number[] | undefined,
  design: Played,
): readonly Evidence[] {
  const because =
    design.kernel === undefined
      ? 'no available kernel implements this design'
      : path === undefined
        ? 'no story can show that a goal is never reached'
        : unobservableOf(rule);
  return because === undefined ? [] : [{ seen: false, because }];
}

/** Removes duplicates: one story may have been played in more than one scope. */
const once = (all: readonly Evidence[]): readonly Evidence[] => [
  ...new Map(all.map((e) => [`${e.kernel} ${e.because}`, e])).values(),
];

/** Evidence as text, one line each. */
export function evidenceLines(all: readonly Evidence[]): readonly string[] {
  if (all.length === 0) return ['not replayed on a kernel'];
  return all.map(({ kernel, times, seen, because }) => {
    if (seen) return `seen on ${kernel}${timesText(times)}`;
    const why = `model only, because ${because}`;
    return kernel === undefined ? why : `replayed on ${kernel}; ${why}`;
  });
}
