import { oneLine } from '../../../model/controlCharacters.js';
import { counted, number } from '../../../model/formatNumber.js';
import { escaped } from '../../../model/xml.js';
import type { Replayed } from '../../../replay/replay.js';
import type { Divergence, TraceRun } from '../../../replay/runTrace.js';
import { type Observation, timesText } from '../observations.js';
import { pc } from '../render/color.js';

interface About {
  /** The name of the file of stories or paths. */
  readonly file?: string;
  readonly design: string;
  readonly scope: string;
  readonly kernel: string;
}

/** A format of the replay report: output after each path, and output at the end. */
interface ReplayReport {
  walked(number: number, walked: TraceRun): void;
  done(replayed: Replayed, seen: readonly Observation[]): void;
}

const print = (line: string) => process.stdout.write(`${line}\n`);

/**
 * `diagnostic` prints a KTAP comment, always on one line. `described` escapes a description so that no part of it is a
 * directive.
 */
const diagnostic = (line: string) => print(oneLine(`# ${line}`));
const described = (text: string) => oneLine(text).replace(/[\\#]/g, '\\$&');

const OTHER_ORDER = "the kernel's hashes have another order, so it takes another path";

/** The story of a divergence: the path to it, the call, the expected outcomes, the kernel's outcome. */
function story({ way, call, expected, got, warnings, log }: Divergence): string[] {
  return [
    ...way,
    call,
    ...expected.map((outcome) => `  model:  ${outcome}`),
    `  kernel: ${got}`,
    ...warnings.map((line) => `  log: ${line}`),
    ...log.slice(-12).map((line) => `  log: ${line}`),
  ];
}

const classText = ({ rule, breakClass }: Observation): string => `${rule} (${breakClass})`;

function coverageText(r: Replayed): string {
  const rest = [
    r.unforced > 0 ? `${number(r.unforced)} need another order of the kernel's hashes` : '',
    r.unreachableAfterDivergence > 0
      ? `${number(r.unreachableAfterDivergence)} at or beyond a difference`
      : '',
    r.notTried > 0 ? `${number(r.notTried)} not tried` : '',
  ].filter((part) => part !== '');
  const walked = `${counted(r.steps, 'step')} on ${counted(r.paths, 'path')}`;
  return [
    `${walked}: ${number(r.taken)} of the scope's ${number(r.transitions)} transitions`,
    ...rest,
  ].join('; ');
}

const text = (about: About): ReplayReport => ({
  walked() {},
  done(replayed, seen) {
    print(
      `${about.file === undefined ? '' : `${pc.bold(about.file)}: `}${pc.bold(about.design)} beside ${about.kernel}, scope ${about.scope}`,
    );
    const { count, classes } = replayed.differences;
    if (replayed.paths > 0) print(`  ${coverageText(replayed)}`);
    if (replayed.paths > 0)
      print(
        `  ${count === 0 ? pc.green('0 differences') : pc.red(`${counted(count, 'difference')} in ${counted(classes.size, 'divergence class')}`)}`,
      );
    const { warned, died } = replayed;
    if (warned > 0)
      print(
        `  calls in which the kernel warned: ${number(warned)}, in which ftrace died: ${number(died)}`,
      );
    for (const s of seen) {
      const how =
        s.difference !== undefined
          ? pc.red('the kernel behaves differently')
          : !s.agrees
            ? `not shown; ${OTHER_ORDER}`
            : s.unobservable === undefined
              ? `seen on ${s.kernel}${timesText(s.times)}`
              : `replayed on ${s.kernel}${timesText(s.times)}; model only, because ${s.unobservable}`;
      print(`  broken rule ${classText(s)}, ${s.calls.length} calls: ${how}`);
      if (s.difference !== undefined) for (const line of story(s.difference)) print(`    ${line}`);
    }
    const shortestFirst = [...classes.values()].sort((a, b) => a.shortest.state - b.shortest.state);
    for (const sort of shortestFirst) {
      print(`\n${pc.bold(sort.name)} (${counted(sort.count, 'time')})`);
      if (!sort.reproducible)
        print('  not reproduced in a fresh guest; the path on which it occurred:');
      for (const line of story(sort.shortest)) print(`  ${line}`);
    }
  },
});

/** KTAP without a plan line: the number of paths is known only at the end. */
const ktap = (about: About): ReplayReport => {
  print('KTAP version 1');
  diagnostic(`${about.design}, scope ${about.scope}, kernel ${about.kernel}`);
  let failed = 0;
  let skipped = 0;
  let count = 0;
  return {
    walked(n, walked) {
      count = n;
      if (walked.difference === undefined) print(`ok ${n} - path ${n}, ${walked.steps} steps`);
      else {
        failed++;
        print(`not ok ${n} - path ${n}, step ${walked.steps}`);
        for (const step of walked.story) diagnostic(`${step.call}: ${step.outcome}`);
        for (const outcome of walked.difference.expected) diagnostic(`expected: ${outcome}`);
        for (const line of [...walked.difference.warnings, ...walked.difference.log])
          diagnostic(`log: ${line}`);
      }
    },
    done(replayed, seen) {
      for (const s of seen) {
        count++;
        const line = `${count} - story of broken rule ${described(classText(s))}`;
        if (s.difference !== undefined) {
          failed++;
          print(`not ok ${line}`);
          for (const detail of story(s.difference)) diagnostic(detail);
        } else if (s.agrees)
          print(`ok ${line}${s.unobservable ? ` # model only: ${described(s.unobservable)}` : ''}`);
        else {
          skipped++;
          print(`ok ${line} # SKIP ${OTHER_ORDER}`);
        }
      }
      diagnostic(coverageText(replayed));
      print(
        `# Totals: pass:${count - failed - skipped} fail:${failed} xfail:0 xpass:0 skip:${skipped} error:0`,
      );
    },
  };
};

const json = (about: About): ReplayReport => ({
  walked() {},
  done({ differences, ...counts }, seen) {
    const classes = [...differences.classes.values()].map(
      ({ name, count, reproducible, shortest }) => ({
        name,
        count,
        reproducible,
        ...shortest,
      }),
    );
    print(
      JSON.stringify({ tool: 'recwalk', ...about, ...counts, differences: classes, seen }, null, 2),
    );
  },
});

/**
 * The counts come first, so the cases are kept until the end. Not by junit-report-builder: it gives a skipped case no
 * message, and drops characters that XML cannot represent.
 */
const junit = (about: About): ReplayReport => {
  const cases: string[] = [];
  let failed = 0;
  let skipped = 0;
  const add = (name: string, inside: string) =>
    cases.push(
      `<testcase name="${escaped(name)}" classname="${escaped(`${about.design} on ${about.kernel}`)}"${inside === '' ? '/>' : `>${inside}</testcase>`}`,
    );
  const failure = ({ call }: Divergence, lines: readonly string[]) => {
    failed++;
    return `<failure message="${escaped(call)}">${escaped(lines.join('\n'))}</failure>`;
  };
  return {
    walked(n, { difference, story }) {
      const steps = story.map((s) => `${s.call}: ${s.outcome}`);
      const expected = difference?.expected.map((e) => `expected: ${e}`) ?? [];
      add(
        `path ${n}`,
        difference === undefined ? '' : failure(difference, [...steps, ...expected]),
      );
    },
    done(_replayed, seen) {
      for (const s of seen) {
        const name = `story of broken rule ${classText(s)}`;
        if (s.difference !== undefined) add(name, failure(s.difference, story(s.difference)));
        else if (s.agrees) add(name, '');
        else {
          skipped++;
          add(name, `<skipped message="${escaped(OTHER_ORDER)}"/>`);
        }
      }
      print('<?xml version="1.0" encoding="UTF-8"?>');
      print(
        `<testsuite name="${escaped(about.design)}" tests="${cases.length}" failures="${failed}" skipped="${skipped}">`,
      );
      for (const line of cases) print(`  ${line}`);
      print('</testsuite>');
    },
  };
};

/** The formats by their names in --to. */
export const replayReports: Readonly<Record<string, (about: About) => ReplayReport>> = {
  text,
  ktap,
  json,
  junit,
};
