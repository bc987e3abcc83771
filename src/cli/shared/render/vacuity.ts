import { number } from '../../../model/formatNumber.js';
import type { Check } from '../../../search/check.js';
import type { UntakenTransition, Vacuity } from '../../../search/vacuity.js';
import type { Checked } from '../checkResult.js';
import { isFile } from '../target.js';
import { pc } from './color.js';
import { wrapped } from './wrap.js';

/** One kind of element that can be vacuous. */
interface Kind {
  readonly one: string;
  readonly several: string;
  /** The heading of their list, which describes the defect. */
  readonly head: string;
  list(vacuity: Vacuity): readonly string[];
}

const KINDS: readonly Kind[] = [
  {
    one: 'stimulus',
    several: 'stimuli',
    head: 'stimuli that no state enables',
    list: ({ stimuli }) => stimuli,
  },
  {
    one: 'component',
    several: 'components',
    head: 'components that no message reaches',
    list: ({ components }) => components,
  },
  {
    one: 'transition',
    several: 'transitions',
    head: 'transitions that are never taken',
    list: ({ machines }) =>
      machines.flatMap(({ components, transitions }) =>
        transitions.map((transition) => `${components.join(', ')}: ${arrow(transition)}`),
      ),
  },
  {
    one: 'state',
    several: 'states',
    head: 'states that are never entered',
    list: ({ machines }) =>
      machines.flatMap(({ components, states }) =>
        states.map((state) => `${components.join(', ')}: ${placed(state)}`),
      ),
  },
  {
    one: 'guard',
    several: 'guards',
    head: 'guards that never give both answers',
    list: ({ machines }) =>
      machines.flatMap(({ components, guards }) =>
        guards.map(
          ({ name, only }) =>
            `${components.join(', ')}: "${name}" is ${only === undefined ? 'never evaluated' : `always ${only}`}`,
        ),
      ),
  },
  {
    one: 'rule',
    several: 'rules',
    head: 'rules that hold and read nothing that changes',
    list: ({ rules }) => rules,
  },
  {
    one: 'premise',
    several: 'premises',
    head: 'leadsTo rules whose `from` is never true',
    list: ({ neverFrom = [] }) => neverFrom,
  },
  {
    one: 'overlap',
    several: 'overlaps',
    head: 'serializable rules in whose networks no calls overlap',
    list: ({ neverOverlap = [] }) => neverOverlap,
  },
];

/** Number of elements of one kind that are printed unless the whole list is requested. */
const SOME = 8;

/** A transition in UML notation: state, event, guard and target; `#2` is the second of several for that event. */
function arrow({ from, event, nth, guard, to }: UntakenTransition): string {
  const when = event === '' ? 'always' : `on ${event}`;
  const which = nth === undefined ? '' : ` #${nth}`;
  const leads = to.length === 0 ? '' : ` -> ${to.map(placed).join(', ')}`;
  return `${placed(from)} ${when}${which}${guard === undefined ? '' : ` [${guard}]`}${leads}`;
}

const placed = (state: string): string => (state === '' ? '(root)' : state);

/** For example `3 stimuli, 41 transitions and 5 guards`; empty if there are none. */
function counts(vacuities: readonly Vacuity[]): string {
  const parts = KINDS.flatMap(({ one, several, list }) => {
    const count = vacuities.reduce((sum, vacuity) => sum + list(vacuity).length, 0);
    return count === 0 ? [] : [`${number(count)} ${count === 1 ? one : several}`];
  });
  const last = parts.pop();
  if (last === undefined) return '';
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}

/** Every list of a network under one heading, in full with `all`; empty if nothing is vacuous. */
function listed({ compiled, vacuity }: Check, all: boolean): string {
  if (vacuity === undefined || counts([vacuity]) === '') return '';
  const lines = KINDS.flatMap(({ head, list }) => {
    const things = list(vacuity);
    if (things.length === 0) return [];
    const shown = all || things.length <= SOME + 1 ? things : things.slice(0, SOME);
    const left = things.length - shown.length;
    return [
      `  ${head}:`,
      ...shown.map((thing) => wrapped(thing, '    ', '      ')),
      ...(left === 0 ? [] : [`    and ${number(left)} more: --vacuity lists all`]),
    ];
  });
  return `${[`${pc.yellow('not exercised')} in ${pc.bold(compiled.network.name)}:`, ...lines].join('\n')}\n`;
}

/**
 * Everything that complete searches did not exercise. A network from a file gets its lists. The designs of the catalog
 * share their machines and differ in features, so each gets a line of counts unless `all` is set.
 */
export function vacuityText(checks: readonly Checked[], all: boolean, flags: string): string {
  return checks
    .map(({ target, check }) => {
      if (all || isFile(target)) return listed(check, all);
      const count = check.vacuity === undefined ? '' : counts([check.vacuity]);
      return count === ''
        ? ''
        : `${pc.yellow('not exercised')} in ${pc.bold(target)}: ${count} (recwalk check ${target}${flags} --vacuity)\n`;
    })
    .join('');
}

/** The counts of many targets on one line. */
export function vacuityLine(checks: readonly Checked[], flags: string): string {
  const vacuities = checks.flatMap(({ check: { vacuity } }) => (vacuity ? [vacuity] : []));
  const count = counts(vacuities);
  return count === '' ? '' : `not exercised: ${count} (recwalk check DESIGN${flags} --vacuity)\n`;
}

/** The reason why `--strict` rejects these checks, on one line; undefined if it accepts them. */
export function strictly(checks: readonly Checked[]): string | undefined {
  const why = checks.flatMap(({ target, check: { vacuity, rules } }) => {
    const count = vacuity === undefined ? '' : counts([vacuity]);
    const goals = rules.reduce((sum, { outOfScope = [] }) => sum + outOfScope.length, 0);
    const parts = [
      ...(count === '' ? [] : [`does not exercise ${count}`]),
      ...(goals === 0
        ? []
        : [`cannot express ${goals === 1 ? 'a goal' : `${number(goals)} goals`} in its scope`]),
    ];
    return parts.length === 0 ? [] : [`${target} ${parts.join(', and ')}`];
  });
  return why.length === 0 ? undefined : why.join('; ');
}
