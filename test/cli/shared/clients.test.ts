import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { kernelFixes } from '../../../machines/clients/kernelFixes.js';
import { clientNetwork } from '../../../machines/clients/network.js';
import { parseClientScope } from '../../../machines/clients/scopes.js';
import {
  keptTranscript,
  observations,
  observeStories,
  transcriptText,
} from '../../../src/cli/shared/observations.js';
import { clientRules, designNamed } from '../../../src/cli/shared/registry.js';
import { reportSchema } from '../../../src/cli/shared/reportSchema.js';
import { reviewSteps } from '../../../src/cli/shared/review/steps.js';
import type { StepResult } from '../../../src/kernel/guest.js';
import { Lts } from '../../../src/replay/lts.js';
import { check } from '../../../src/search/check.js';
import { network } from '../../machines/networks.js';
import { build, recwalk } from '../recwalk.js';

const SLOW = { timeout: 600_000 };
beforeAll(build, 600_000);

const scope = 'livepatch=1,fentry=1,fexit=1';
const checked = async () =>
  check(
    clientNetwork(
      await designNamed('linux-6.1'),
      kernelFixes['linux-6.1']!,
      parseClientScope(scope),
      (await clientRules()).filter(({ id }) => id === 'nothing-kills-ftrace'),
    ),
    { keepTransitions: true },
  );

describe('recwalk check clients@linux-6.1', SLOW, () => {
  test('prints verdicts, stories and the evidence of kernels', async () => {
    const { code, stdout, stderr } = await recwalk(['check', 'clients@linux-6.1', '--quiet']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(
      /BROKEN in clients@linux-6\.1: nothing-kills-ftrace\n[\s\S]*?\n {2}3 {2}attach fexit {6}0; DEAD\n {2}seen on Debian 6\.1\.\d+-\d+, 10 of 10 times\n/,
    );
  });

  test('conforms to the schema as JSON', async () => {
    const { stdout } = await recwalk(['check', 'clients@linux-6.1', '--quiet', '--json']);
    const [result] = reportSchema.parse(JSON.parse(stdout)).results;
    const { rules = [] } = result!;
    const death = rules.find(({ id }) => id === 'nothing-kills-ftrace')!;
    expect(death.counterexample!.steps.map(({ call, dead }) => [call, dead])).toEqual([
      ['enable livepatch', false],
      ['attach fentry', false],
      ['attach fexit', true],
    ]);
  });
});

test('goals for which the scope has no client are no break', SLOW, async () => {
  const command = ['check', 'clients@linux-6.12', '--scope', 'kprobe=2'];
  const [text, json, explained] = await Promise.all([
    recwalk(command),
    recwalk([...command, '--json']),
    recwalk([...command, '--explain', 'can-be-together']),
  ]);
  const goals = [
    'fentry on a livepatched function',
    'a kprobe without a post_handler on a livepatched function',
  ];
  expect([text.code, json.code, explained.code]).toEqual([0, 0, 0]);
  expect(text.stdout).toMatch(/^can-be-together +- +A livepatched function can also/m);
  for (const goal of goals)
    expect(text.stdout).toContain(`\nnot in this scope: ${goal} (can-be-together)\n`);
  const { rules } = reportSchema.parse(JSON.parse(json.stdout)).results[0]!;
  expect(rules.find(({ id }) => id === 'can-be-together')).toEqual({
    id: 'can-be-together',
    verdict: 'out of scope',
    outOfScope: goals,
  });
  expect(explained.stdout).toMatch(/^not in this scope in clients@linux-6.12: can-be-together/);
});

test(
  'a finding is a complete mail: the kernels, the log, and a script with its files',
  SLOW,
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'recwalk-finding-'));
    try {
      const file = join(folder, 'report.txt');
      const cell = 'nothing-kills-ftrace@clients@linux-6.1';
      const { code } = await recwalk(['review', '--finding', cell, '-o', file, '--quiet']);
      expect(code).toBe(0);
      const mail = readFileSync(file, 'utf8');
      expect(mail.match(/^--- (?!end).*$/gm)).toEqual([
        '--- nothing-kills-ftrace.story',
        '--- story.sh',
        '--- patch.c',
        '--- fentry.bpf.c',
        '--- fexit.bpf.c',
        '--- attach.c',
        '--- Makefile',
      ]);
      expect(mail).toMatch(/On Debian 6\.1\.\d+-\d+, 10 of 10 times: it executed these calls/);
      expect(mail).toMatch(/^Log of Debian 6\.1[\s\S]*arch_ftrace_ops_list_func/m);
      expect(mail).toContain('\n\t\tinsmod patch.ko && ');
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);

test('a review reads the functions before and after a step from outcomes', async () => {
  const { compiled, rules } = await checked();
  const [enable, , attach] = reviewSteps(compiled, rules[0]!.path!, false);
  const [first, second] = enable!.functions;
  expect(first).toEqual({
    number: 1,
    before: { count: '0', flags: '...', direct: '-', ran: 'original' },
    now: { count: '1', flags: '.I.', direct: '-', ran: 'patched' },
  });
  expect(second!.now).toEqual(second!.before);
  expect(attach).toMatchObject({ returned: '0', owners: [], events: ['DEAD'], functions: [] });
});

describe('stories on newly booted guests', () => {
  /** Answers as the model predicts, except for the last step if `otherwise`. */
  function guest(otherwise: boolean) {
    return {
      reset: async () => {},
      log: () => ['[ 1.0] WARNING'],
      step: async (command: string, allowed?: readonly string[]): Promise<StepResult> => ({
        kind: 'answered',
        outcome: otherwise && command === 'attach fexit' ? '0' : (allowed?.[0] ?? '0'),
        ok: true,
        warnings: [],
      }),
    };
  }
  async function seen(...otherwise: boolean[]) {
    const done = await checked();
    const guests = (async function* () {
      for (const one of otherwise) yield guest(one);
    })();
    const { signal } = new AbortController();
    return observeStories(done, new Lts(done), guests, 'Debian 1', ['setup livepatch=1'], signal);
  }

  test('one guest: no rate is recorded', async () => {
    const [story] = (await seen(false)).seen;
    expect(story).toMatchObject({ rule: 'nothing-kills-ftrace', agrees: true });
    expect(story).not.toHaveProperty('times');
  });

  test('three guests, one of which differs: the story does not agree, and has its rate', async () => {
    const [story] = (await seen(false, true, false)).seen;
    expect(story).toMatchObject({ agrees: false, times: { played: 3, agreed: 2 } });
    expect(story!.difference).toMatchObject({ call: 'attach fexit', got: '0' });
  });

  test('if the kernel takes another order, the story is played with other functions', async () => {
    const made = await network('linux-6.12', 'records=2,ipmodify=1,willing=1,refusing=1');
    const rules = made.rules!.filter(({ id }) => id === 'agreement-is-used');
    const done = await check({ ...made, rules }, { keepTransitions: true });
    let setup = '';
    const chooser: Parameters<typeof observeStories>[2] extends AsyncIterable<infer G> ? G : never =
      {
        reset: async () => {},
        log: () => [],
        step: async (command, allowed = ['']) => {
          if (command.startsWith('setup')) setup = command;
          const outcome = allowed.at(setup === 'setup 1' ? -1 : 0)!;
          return { kind: 'answered', outcome, ok: true, warnings: [] };
        },
      };
    const played = async (...setups: string[]) => {
      const guests = (async function* () {
        yield chooser;
      })();
      const { signal } = new AbortController();
      const { seen: all } = await observeStories(done, new Lts(done), guests, 'D', setups, signal);
      return all.map(({ agrees }) => agrees);
    };
    const [first, second] = [await played('setup 1'), await played('setup 2')];
    expect([...first, ...second]).toContain(true);
    expect(first).not.toEqual(second);
    const either = first.map((one, i) => one || second[i]);
    expect(await played('setup 1', 'setup 2')).toEqual(either);
    expect(await played('setup 2', 'setup 1')).toEqual(either);
  });

  test('the transcript of the first guest is kept', async () => {
    const { seen: stories, transcripts } = await seen(false, false);
    expect(transcriptText(stories, transcripts, 'small').split('\n')).toEqual([
      '# nothing-kills-ftrace: clients@linux-6.1, scope small, on Debian 1, 2 of 2 times',
      expect.stringMatching(/^enable livepatch: 0; 1: \(1\) \.I\. /),
      expect.stringMatching(/^attach fentry: 0; 1: \(2\) RID bpf /),
      'attach fexit: 0; DEAD',
      'the kernel said:',
      '  [ 1.0] WARNING',
      '',
    ]);
  });
});

test('each observation of clients has its log, which contains the evidence', () => {
  const all = observations().filter(({ design }) => design.startsWith('clients@'));
  expect(all.length).toBeGreaterThan(0);
  for (const { design, rule, kernel, calls } of all) {
    const log = keptTranscript(design, rule, kernel, calls);
    expect(log.slice(0, calls.length).map((line) => line.split(': ')[0])).toEqual(calls);
    if (rule === 'nothing-kills-ftrace')
      expect(log.join('\n')).toMatch(/arch_ftrace_ops_list_func|ftrace_shutdown/);
    if (rule === 'nothing-warns')
      expect(log.join('\n')).toMatch(
        /Failed to disarm kprobe-ftrace|WARNING: .*(ftrace_shutdown|bpf_tramp|bpf_tracing)/,
      );
    if (rule === 'kernel-lives') {
      expect(log.join('\n')).toMatch(/Oops: /);
      if (log[calls.length - 1]!.endsWith(': PANIC'))
        expect(log.at(-1)).toMatch(/Kernel panic - not syncing/);
    }
  }
});

test('the counted scopes are those with observations of kernels', () => {
  const counted = JSON.parse(
    readFileSync(new URL('../../clientCounts.json', import.meta.url), 'utf8'),
  ) as Record<string, Record<string, { broken: Record<string, number | null> }>>;
  const seen = observations();
  for (const design of ['linux-6.1', 'linux-6.12'])
    for (const rule of Object.keys(counted[design]!.default!.broken))
      expect(
        seen.some((s) => s.design === `clients@${design}` && s.rule === rule),
        `${rule} in clients@${design}`,
      ).toBe(true);
});
