import pc from 'picocolors';
import type { Sort } from '../replay/differences.js';
import type { Model } from '../replay/model.js';
import type { Replayed } from '../replay/replay.js';
import type { Walked } from '../replay/walk.js';
import type { Seen } from './seen.js';
import { number } from './talk.js';

interface About {
  readonly design: string;
  readonly scope: string;
  readonly kernel: string;
}

/** A form in which a replay is told: while it goes on, and when it is done. */
interface ReplayReport {
  walked(number: number, walked: Walked): void;
  done(replayed: Replayed, seen: readonly Seen[], model: Model): void;
}

const print = (line: string) => process.stdout.write(`${line}\n`);

/** Story of a difference: a shortest way to it, the call, what was expected, what came. */
function story({ shortest }: Sort, model: Model): string[] {
  const { state, call, expected, got, warnings, log } = shortest;
  return [
    ...model.pathTo(state),
    call,
    ...expected.map((outcome) => `  model:  ${outcome}`),
    `  kernel: ${got}`,
    ...warnings.map((line) => `  log: ${line}`),
    ...log.slice(-12).map((line) => `  log: ${line}`),
  ];
}

function coverageText(r: Replayed): string {
  const rest = [
    r.otherChoice > 0 ? `${number(r.otherChoice)} need another order of the kernel's hashes` : '',
    r.beyondDifferences > 0 ? `${number(r.beyondDifferences)} at or beyond a difference` : '',
    r.notTried > 0 ? `${number(r.notTried)} not tried` : '',
  ].filter((part) => part !== '');
  return `${number(r.taken)} of ${number(r.transitions)} transitions in ${number(r.steps)} steps on ${number(r.paths)} paths${rest.length > 0 ? `; ${rest.join(', ')}` : ''}`;
}

const text = (about: About): ReplayReport => ({
  walked() {},
  done(replayed, seen, model) {
    print(`${pc.bold(about.design)} beside ${about.kernel}, scope ${about.scope}`);
    const { count, sorts } = replayed.differences;
    if (replayed.paths > 0) print(`  ${coverageText(replayed)}`);
    if (replayed.paths > 0)
      print(
        `  ${count === 0 ? pc.green('0 differences') : pc.red(`${number(count)} differences of ${sorts.size} sorts`)}`,
      );
    const { warned, died } = replayed;
    if (warned > 0)
      print(`  the kernel warned in ${number(warned)} calls, and ftrace died in ${number(died)}`);
    for (const s of seen) {
      const how = !s.agrees
        ? pc.red('the kernel does otherwise')
        : s.unseen === undefined
          ? `seen on ${s.kernel}`
          : `played on ${s.kernel}; model only, because ${s.unseen}`;
      print(`  broken rule ${s.rule}, ${s.calls.length} calls: ${how}`);
    }
    const shortestFirst = [...sorts.values()].sort((a, b) => a.shortest.state - b.shortest.state);
    for (const sort of shortestFirst) {
      print(`\n${pc.bold(sort.sort)} (${number(sort.count)} times)`);
      for (const line of story(sort, model)) print(`  ${line}`);
    }
  },
});

const ktap = (about: About): ReplayReport => {
  print('KTAP version 1');
  print(`# ${about.design}, scope ${about.scope}, kernel ${about.kernel}`);
  let failed = 0;
  let count = 0;
  return {
    walked(n, walked) {
      count = n;
      if (walked.difference === undefined) print(`ok ${n} - path ${n}, ${walked.steps} steps`);
      else {
        failed++;
        print(`not ok ${n} - path ${n}, step ${walked.steps}`);
        for (const step of walked.story) print(`# ${step.call}: ${step.outcome}`);
        for (const outcome of walked.difference.expected) print(`# expected: ${outcome}`);
        for (const line of [...walked.difference.warnings, ...walked.difference.log])
          print(`# log: ${line}`);
      }
    },
    done(replayed, seen) {
      for (const s of seen) {
        count++;
        if (!s.agrees) failed++;
        const ok = s.agrees ? 'ok' : 'not ok';
        print(
          `${ok} ${count} - story of broken rule ${s.rule}${s.unseen === undefined ? '' : ` # model only: ${s.unseen}`}`,
        );
      }
      print(`1..${count}`);
      print(`# ${coverageText(replayed)}`);
      print(`# Totals: pass:${count - failed} fail:${failed} xfail:0 xpass:0 skip:0 error:0`);
    },
  };
};

const json = (about: About): ReplayReport => ({
  walked() {},
  done({ differences, ...counts }, seen, model) {
    const sorts = [...differences.sorts.values()].map(({ sort, count, shortest }) => ({
      sort,
      count,
      way: model.pathTo(shortest.state),
      ...shortest,
    }));
    print(
      JSON.stringify({ tool: 'recwalk', ...about, ...counts, differences: sorts, seen }, null, 2),
    );
  },
});

const escaped = (line: string) =>
  line.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);

const junit = (about: About): ReplayReport => {
  const cases: string[] = [];
  let failed = 0;
  return {
    walked(n, { difference, story }) {
      const name = `name="path ${n}" classname="${escaped(`${about.design} on ${about.kernel}`)}"`;
      if (difference === undefined) cases.push(`<testcase ${name}/>`);
      else {
        failed++;
        const told = [
          ...story.map((s) => `${s.call}: ${s.outcome}`),
          ...difference.expected.map((e) => `expected: ${e}`),
        ];
        cases.push(
          `<testcase ${name}><failure message="${escaped(difference.call)}">${escaped(told.join('\n'))}</failure></testcase>`,
        );
      }
    },
    done() {
      print('<?xml version="1.0" encoding="UTF-8"?>');
      print(
        `<testsuite name="${escaped(about.design)}" tests="${cases.length}" failures="${failed}">`,
      );
      for (const line of cases) print(`  ${line}`);
      print('</testsuite>');
    },
  };
};

/** The forms by the name that --to takes. */
export const replayReports: Readonly<Record<string, (about: About) => ReplayReport>> = {
  text,
  ktap,
  json,
  junit,
};
