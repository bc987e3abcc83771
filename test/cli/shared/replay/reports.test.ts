import { JSDOM } from 'jsdom';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Observation } from '../../../../src/cli/shared/observations.js';
import { replayReports } from '../../../../src/cli/shared/replay/reports.js';
import { allPaths, type Replayed } from '../../../../src/replay/replay.js';
import type { Divergence, TraceRun } from '../../../../src/replay/runTrace.js';
import { modelOf, replayed, Simulated } from '../../../replay/simulated.js';
import { elements } from '../../xml.js';

const about = { design: 'proposal', scope: 'small', kernel: 'Debian <6.12> & "more"' };

const walks: (readonly [number, TraceRun])[] = [];
let done: Replayed;
let seen: Observation[];

beforeAll(async () => {
  const model = await modelOf('proposal', 'small');
  const kernel = await modelOf('linux-6.12', 'small');
  done = await replayed(model, {
    machines: [new Simulated(kernel)],
    paths: allPaths(model),
    walked: (number, walked) => walks.push([number, walked]),
  });
  const difference: Divergence = {
    setup: 'setup records=2',
    way: ['add X 1'],
    state: 1,
    call: 'register X',
    expected: ['0; 1: (1) .I. - ran X'],
    got: '-EBUSY; 1: (0) ... - ran -',
    warnings: ['WARNING: CPU: 0 at <ftrace_bug>'],
    log: [],
  };
  const story = {
    design: 'proposal',
    kernel: 'it',
    calls: ['add X 1'],
    agrees: true,
    breakClass: 'add',
  };
  seen = [
    { ...story, rule: 'shown' },
    { ...story, rule: 'hidden', unobservable: 'nobody is told' },
    { ...story, rule: 'otherwise', agrees: false, difference },
    { ...story, rule: 'ordered', agrees: false },
  ];
}, 600_000);

/** Everything that a report prints. */
function reportIn(form: string, stories: readonly Observation[] = seen): string {
  let printed = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
  try {
    const report = replayReports[form]!(about);
    for (const [number, walked] of walks) report.walked(number, walked);
    report.done(done, stories);
  } finally {
    write.mockRestore();
  }
  return printed;
}

const failedWalks = () => walks.filter(([, { difference }]) => difference !== undefined).length;

test('the sample run has paths that agree and paths that do not', () => {
  expect(failedWalks()).toBeGreaterThan(1);
  expect(failedWalks()).toBeLessThan(walks.length);
});

describe('ktap', () => {
  test('has a version, numbered results and totals; everything else is a diagnostic', () => {
    const lines = reportIn('ktap').trimEnd().split('\n');
    expect(lines[0]).toBe('KTAP version 1');
    const kinds = lines.slice(1).map((line) => /^(# |ok |not ok )/.exec(line)?.[0] ?? line);
    expect(new Set(kinds)).toEqual(new Set(['# ', 'ok ', 'not ok ']));
    const results = lines.flatMap((line) => {
      const match = /^(not )?ok (\d+) - ([^#]+)(?: # (.*))?$/.exec(line);
      return match === null ? [] : [{ ok: !match[1], number: Number(match[2]), note: match[4] }];
    });
    const count = walks.length + seen.length;
    expect(results.map(({ number }) => number)).toEqual(
      Array.from({ length: count }, (_, i) => i + 1),
    );
    const failed = results.filter(({ ok }) => !ok).length;
    expect(failed).toBe(failedWalks() + 1);
    const skipped = results.filter(({ note }) => note?.startsWith('SKIP '));
    expect(skipped).toHaveLength(1);
    expect(lines.at(-1)).toBe(
      `# Totals: pass:${count - failed - 1} fail:${failed} xfail:0 xpass:0 skip:1 error:0`,
    );
  });

  test('has the steps, the expected outcome and the outcome below each failure', () => {
    const lines = reportIn('ktap').split('\n');
    const [number, { story, difference }] = walks.find(([, walked]) => walked.difference)!;
    const at = lines.findIndex((line) => line.startsWith(`not ok ${number} `));
    const steps = story.map(({ call, outcome }) => `# ${call}: ${outcome}`);
    expect(lines.slice(at + 1, at + 1 + steps.length)).toEqual(steps);
    expect(steps.at(-1)).toContain(difference!.got);
    expect(lines[at + 1 + steps.length]).toBe(`# expected: ${difference!.expected[0]}`);
    const heading = lines.findIndex((line) =>
      line.endsWith('story of broken rule otherwise (add)'),
    );
    expect(lines.slice(heading + 1, heading + 4)).toEqual([
      '# add X 1',
      '# register X',
      '#   model:  0; 1: (1) .I. - ran X',
    ]);
  });
});

describe('junit', () => {
  test('is well-formed, and its counts match its content', () => {
    const all = elements(reportIn('junit'));
    const [suite] = all;
    expect(suite!.name).toBe('testsuite');
    const named = (name: string) => all.filter((element) => element.name === name);
    expect(suite!.attributes).toEqual({
      name: 'proposal',
      tests: String(named('testcase').length),
      failures: String(named('failure').length),
      skipped: String(named('skipped').length),
    });
    expect(named('testcase')).toHaveLength(walks.length + seen.length);
    expect(named('failure')).toHaveLength(failedWalks() + 1);
    expect(named('skipped')).toHaveLength(1);
    for (const { attributes } of named('testcase'))
      expect(attributes.classname).toBe('proposal on Debian <6.12> & "more"');
    for (const { depth } of named('testcase')) expect(depth).toBe(1);
  });
});

describe('a kernel log with terminal codes and line ends', () => {
  const log = ['\u001b[31mBUG:\u0000 a\nnot ok 7 - b # SKIP'];
  const [, , otherwise] = [0, 1, 2];
  const odd = () =>
    seen.map((one, i) =>
      i === otherwise ? { ...one, rule: 'a # SKIP', difference: { ...one.difference!, log } } : one,
    );

  test('is a diagnostic of KTAP, and no rule is a directive', () => {
    const text = reportIn('ktap', odd());
    expect(text).toContain('\n#   log: \\u001b[31mBUG:\\u0000 a not ok 7 - b # SKIP\n');
    expect(text).toContain('story of broken rule a \\# SKIP');
    expect([...text.matchAll(/^not ok 7 /gm)].length).toBe(
      [...reportIn('ktap').matchAll(/^not ok 7 /gm)].length,
    );
  });

  test('is well-formed XML', () => {
    const { document } = new JSDOM(reportIn('junit', odd()), { contentType: 'text/xml' }).window;
    expect(document.documentElement.nodeName).toBe('testsuite');
  });
});

describe('json', () => {
  test('is one document with the counts, and each divergence class with its path', () => {
    const { differences, seen: stories, ...rest } = JSON.parse(reportIn('json'));
    const { differences: sorts, ...counts } = done;
    expect(rest).toEqual({ tool: 'recwalk', ...about, ...counts });
    expect(differences).toHaveLength(sorts.classes.size);
    for (const { name, count, way, call, expected, got } of differences) {
      expect(sorts.classes.get(name)).toMatchObject({
        count,
        shortest: { way, call, expected, got },
      });
    }
    expect(stories).toEqual(JSON.parse(JSON.stringify(seen)));
  });
});

describe('text', () => {
  test('prints the coverage, and each divergence class once', () => {
    const text = reportIn('text');
    const { taken, transitions } = done;
    const [of1, taken1] = [transitions, taken].map((n) => n.toLocaleString('en-US'));
    expect(text).toContain(`${taken1} of the scope's ${of1} transitions`);
    expect(text).toContain(`${done.unreachableAfterDivergence} at or beyond a difference`);
    expect(text).not.toContain('not tried');
    for (const sort of done.differences.classes.keys())
      expect(text.split('\n').filter((line) => line.startsWith(`${sort} (`))).toHaveLength(1);
  });

  test('prints whether the kernel shows each broken rule', () => {
    const text = reportIn('text');
    expect(text).toContain('broken rule shown (add), 1 calls: seen on it');
    expect(text).toContain(
      'broken rule hidden (add), 1 calls: replayed on it; model only, because nobody',
    );
    expect(text).toContain(
      'broken rule otherwise (add), 1 calls: the kernel behaves differently\n    add X 1\n',
    );
    expect(text).toMatch(/broken rule ordered \(add\), 1 calls: not shown; .*another order/);
  });
});
