import type { Fix } from '../../../domain.js';
import { counted, number } from '../../../model/formatNumber.js';
import type { Check } from '../../../search/check.js';
import { pc } from '../render/color.js';
import { coverageLines } from '../render/coverage.js';
import { wrapped } from '../render/wrap.js';
import type { FixReport, Repaired } from './search.js';

/** A repair as text: the sets, why no fix of a set can be left out, and the description of each fix. */
export function repairText(repaired: Repaired): string {
  const { target, before, repair, fixSets, candidates } = repaired;
  const broken = before.rules.filter((r) => r.verdict === 'broken').map((r) => r.rule.id);
  return `${[
    wrapped(
      broken.length === 0 ? 'nothing' : broken.join(', '),
      `${pc.bold(target.design.name)} breaks `,
      '  ',
    ),
    ...coverageLines([{ check: before, ...(target.scope && { scope: target.scope }) }]),
    '',
    verdict(repaired),
    ...fixSets.flatMap((fixReport, i) => ['', ...fixSetLines(fixReport, i + 1)]),
    ...repaired.byRule.flatMap(({ rule, repair: { sets } }) => [
      '',
      `${pc.bold(rule)} alone`,
      ...(sets.length === 0
        ? ['  is fixed by no set of them']
        : sets.map((set) => wrapped(set.join(', '), '  is fixed by ', '    '))),
    ]),
    '',
    `the ${counted(candidates.length, 'fix')} tried`,
    ...candidates.flatMap(fixLines),
    ...(repair.stopped
      ? ['', 'stopped: a set that was not explored completely may also fix everything']
      : []),
  ].join('\n')}\n`;
}

function verdict({ repair: { sets, tried, of }, candidates }: Repaired): string {
  const walked = `${number(tried)} of ${counted(of, 'set')} explored, the smallest first`;
  const [first] = sets;
  if (first === undefined)
    return `no set of the ${counted(candidates.length, 'fix')} below fixes everything (${walked})`;
  return sets.length === 1
    ? `the one smallest set of fixes under which every rule holds has ${counted(first.length, 'fix')} (${walked})`
    : `the ${sets.length} smallest sets of fixes under which every rule holds have ${counted(first.length, 'fix')} each (${walked})`;
}

function fixSetLines({ fixes, check, without }: FixReport, number: number): string[] {
  const { states, transitions, depth } = check.exploration;
  return [
    wrapped(
      pc.green(fixes.map((m) => m.name).join(', ') || 'no change'),
      `${String(number).padStart(2)}  `,
      '    ',
    ),
    `    all paths explored: ${counted(states, 'state')}, ${counted(transitions, 'transition')}, depth ${depth}`,
    ...without.flatMap(({ fix, check: left }) => [
      `    without ${fix.name}:`,
      ...brokenLines(left),
    ]),
  ];
}

/** Broken rules and findings, each with the calls of its shortest story on one line. */
function brokenLines({ rules, findings, compiled }: Check): string[] {
  const calls = (path: readonly number[] | undefined) =>
    path?.map((s) => compiled.network.stimuli[s]!.description).join(' · ') ?? 'never reached';
  return [
    ...rules.flatMap((r) =>
      r.verdict === 'broken'
        ? [wrapped(calls(r.path), `      ${pc.red(r.rule.id)}: `, '        ')]
        : [],
    ),
    ...findings.map((f) => wrapped(calls(f.path), `      ${pc.red(f.description)}: `, '        ')),
  ];
}

const fixLines = ({ name, description, where, drawback }: Fix): string[] => [
  `  ${pc.bold(name)}`,
  wrapped(description, '    '),
  wrapped(where, '    where:   ', '             '),
  wrapped(drawback, '    against: ', '             '),
];
