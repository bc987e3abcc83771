import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { format } from '../../../src/paths/to/tc.js';
import { type DesignPaths, filesOf, pathsOfDesign, pathsOfStory } from '../pathsOfDesign.js';

const scriptOf = async (from: DesignPaths): Promise<string> =>
  [...(await filesOf(format, from))].find(([name]) => name.endsWith('.tc'))![1];

/** The calls and checks of a step, one line each. */
const step = (script: string, number: number): string[] =>
  new RegExp(`^# ${number}\\. .*\\n([^]*?)\\n\\n?(?=# ${number + 1}\\. |$(?![^]))`, 'm')
    .exec(script)![1]!
    .trimEnd()
    .split('\n');

/** A kprobe is disabled while ftrace is off; the last tracer of the kernel stops, and ftrace dies. */
const death = () =>
  pathsOfDesign('linux-6.12', 'records=2,tracer=1,regs=1,sysctl=1', 'Hole: a kprobe plants death', [
    ...['add S 1', 'register S records 1', 'ftrace_enabled 0', 'unregister S records 1'],
    ...['ftrace_enabled 1', 'add T 2', 'register T records 2', 'unregister T records 2'],
  ]);

describe('a story of tracers, kprobes and the sysctl', () => {
  test('has its description and requirements in the format of ftracetest', async () => {
    const lines = (await scriptOf(await death())).split('\n');
    expect(lines.slice(0, 4)).toEqual([
      '#!/bin/sh',
      '# SPDX-License-Identifier: MIT OR GPL-2.0',
      '# description: Hole, a kprobe plants death',
      '# requires: set_ftrace_filter enabled_functions instances function:tracer kprobe_events',
    ]);
  });

  test('makes each call through the tracefs and checks each function', async () => {
    const script = await scriptOf(await death());
    const quiet = '! warned || fail "a warning"';
    expect(step(script, 1)).toEqual([
      'echo "p:S_1 $function_1" >> kprobe_events',
      quiet,
      "expect 1 '(0) - ran -'",
      "expect 2 '(0) - ran -'",
    ]);
    expect(step(script, 2)).toEqual([
      'echo 1 > instances/S/events/kprobes/S_1/enable',
      quiet,
      "expect 1 '(1) R ran S'",
      "expect 2 '(0) - ran -'",
    ]);
    expect(step(script, 3)[0]).toBe('echo 0 > /proc/sys/kernel/ftrace_enabled');
    expect(step(script, 4)[0]).toBe('echo 0 > instances/S/events/kprobes/S_1/enable');
    expect(step(script, 6)[0]).toBe('echo $function_2 >> instances/T/set_ftrace_filter');
    expect(step(script, 7)).toContain("expect 2 '(1) - ran T'");
    expect(step(script, 8)).toEqual([
      'echo nop > instances/T/current_tracer',
      'warned || fail "no warning"',
      'if cat set_ftrace_filter > /dev/null 2>&1; then fail "ftrace is not dead"; fi',
    ]);
  });

  test('changes the filters of live ops, and notrace entries', async () => {
    const script = await scriptOf(
      await pathsOfDesign('linux-6.12', 'records=2,tracer=1,regs=1,notrace=1', 'changes', [
        ...['add T 1', 'add T 2', 'register T records 1,2', 'notrace T 1', 'notrace T none'],
        ...['remove T 2', 'add S 1', 'register S records 1', 'add S 2', 'remove S 1'],
      ]),
    );
    expect(step(script, 4)[0]).toBe('echo $function_1 >> instances/T/set_ftrace_notrace');
    expect(step(script, 5)[0]).toBe('echo > instances/T/set_ftrace_notrace');
    expect(step(script, 6)[0]).toBe('echo "!$function_2" >> instances/T/set_ftrace_filter');
    expect(step(script, 9).slice(0, 2)).toEqual([
      'echo "p:S_2 $function_2" >> kprobe_events',
      'echo 1 > instances/S/events/kprobes/S_2/enable',
    ]);
    expect(step(script, 10).slice(0, 2)).toEqual([
      'echo 0 > instances/S/events/kprobes/S_1/enable',
      'echo "-:S_1" >> kprobe_events',
    ]);
  });

  test('is valid shell', async () => {
    const script = await scriptOf(await death());
    expect(spawnSync('sh', ['-n'], { input: script }).status).toBe(0);
    expect(spawnSync('sh', ['-n'], { input: script.replace('done', '') }).status).not.toBe(0);
  });
});

describe('reports the calls that a shell cannot make', () => {
  const [tracer, regs] = ['records=2,tracer=1', 'records=2,regs=1,tracer=1'];
  test.each([
    ['W is a direct ops', 'records=1,willing=1', ['add W 1']],
    ['X is an IPMODIFY ops', 'records=1,ipmodify=1', ['add X 1']],
    ['one ops with SAVE_REGS only', 'records=1,regs=2', ['add S 1', 'add S2 1']],
    [
      'register S records 1,2: kprobes come',
      regs,
      ['add S 1', 'add S 2', 'register S records 1,2'],
    ],
    ['notrace S 1: a kprobe has', `${regs},notrace=1`, ['add S 1', 'notrace S 1']],
    ['register T: tracefs does not', `${tracer},misuse=1`, ['register T']],
  ])('%s', async (why, scope, calls) => {
    const { head, paths } = await pathsOfDesign('linux-6.12', scope, 'cannot', calls);
    await expect(filesOf(format, { head, paths })).rejects.toThrow(
      new RegExp(`^RW331: none of the paths of linux-6.12 can be written --to tc: .*${why}`),
    );
  });

  test('and lists them in the README if other paths are possible', async () => {
    const scope = 'records=2,tracer=1,misuse=1';
    const { head, paths } = await pathsOfDesign('linux-6.12', scope, 'cannot', ['register T']);
    const other = await pathsOfDesign('linux-6.12', scope, 'can', ['add T 1']);
    const files = await filesOf(format, { head, paths: [...paths, ...other.paths] });
    expect([...files.keys()]).toEqual(['can.tc', 'README.md']);
    expect(files.get('README.md')).toMatch(/Left out:\n\n- cannot: register T: tracefs does not/);
  });

  test('counts every ops of a story, also an idle one', async () => {
    await expect(filesOf(format, await pathsOfStory('regs-stay'))).rejects.toThrow(
      /X is an IPMODIFY/,
    );
  });
});
