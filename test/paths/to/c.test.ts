import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { format } from '../../../src/paths/to/c.js';
import { storyFiles, storyFolder } from '../../storyFiles.js';
import { type DesignPaths, filesOf, pathsOfDesign, pathsOfStory } from '../pathsOfDesign.js';

const moduleOf = async (from: DesignPaths, name?: string): Promise<string> => {
  const files = await filesOf(format, from);
  const [only] = [...files.keys()].filter((file) => file.endsWith('.c'));
  return files.get(name ?? only!)!;
};

/** The story in a module, from its first call to the cleanup, without line ends. */
const storyIn = (module: string): string =>
  /^\tstep[\s\S]*?(?=\n\tfilp_close)/m.exec(module)![0].replace(/\n\s*/g, ' ').trim();

/**
 * The stories of designs whose calls return. A module can run neither the actions of clients nor
 * update_ftrace_direct_add() and its like.
 */
const stories = storyFiles
  .filter(
    (file) =>
      !/\n(# design clients@|direct )/.test(readFileSync(new URL(file, storyFolder), 'utf8')),
  )
  .filter((file) => file !== 'never-set-filter.story')
  .map((file) => file.replace(/\.story$/, ''));

describe('a hole as a module', () => {
  test('makes its calls in order and expects the outcomes of the story, in numbers', async () => {
    const module = await moduleOf(await pathsOfStory('growth-is-not-asked'));
    expect(storyIn(module)).toBe(
      [
        'step("add A 2", ftrace_set_filter_ip(&A, IP(RECORD(2)), 0, 0),',
        '"0; 1: (0) ... - ran -; 2: (0) ... - ran -");',
        'step("register A records 2", register_direct(&A, IP(A_a)),',
        '"0; 1: (0) ... - ran -; 2: (1) R.D A_a ran A_a");',
        'step("add X 1", ftrace_set_filter_ip(&X, IP(RECORD(1)), 0, 0),',
        '"0; 1: (0) ... - ran -; 2: (1) R.D A_a ran A_a");',
        'step("register X records 1", register_ftrace_function(&X),',
        '"0; 1: (1) RI. - ran X; 2: (1) R.D A_a ran A_a");',
        'step("add X 2", ftrace_set_filter_ip(&X, IP(RECORD(2)), 0, 0),',
        '"0; 1: (1) RI. - ran X; 2: (2) RID A_a ran X,A_a");',
        'if (X.flags & FTRACE_OPS_FL_ENABLED) unregister_ftrace_function(&X);',
        'if (A.flags & FTRACE_OPS_FL_ENABLED) unregister_direct(&A, IP(A_a));',
      ].join(' '),
    );
    expect(module).toContain('pr_info("1..5\\n")');
  });

  test('contains only the code that its story needs', async () => {
    const [plain, owned] = await Promise.all(
      ['attach-3-another-ipmodify', 'attach-1-direct-can-share'].map(async (name) =>
        moduleOf(await pathsOfStory(name)),
      ),
    );
    const needed = /TRAMPOLINE|register_direct|answered|module_param|kthread|ftrace_enabled|hide\(/;
    expect(plain).not.toMatch(needed);
    expect(owned).toMatch(/TRAMPOLINE\(W_a\)/);
    expect(owned).not.toMatch(/TRAMPOLINE\(W_b\)/);
    expect(owned).toContain('return record_callback("W", cmd, 0);');
  });

  test('expects a WARN once, because the taint changes once, and a kernel that has not warned', async () => {
    const module = await moduleOf(await pathsOfStory('direct-without-entry'));
    expect(module.match(/"0; WARN; /g)).toHaveLength(1);
    expect(module).toContain('if (warned || ftrace_is_dead()');
    expect(await moduleOf(await pathsOfStory('regs-stay'))).toContain('if (ftrace_is_dead()');
  });

  test('tracks the trampoline in force', async () => {
    const calls = ['add W 1', 'register W records 1', 'modify W', 'unregister W other'];
    const again = ['add W 1', 'register W records 1', 'modify W', 'modify W'];
    const scope = 'records=1,willing=1,misuse=1';
    const direct = async (some: readonly string[]) =>
      storyIn(await moduleOf(await pathsOfDesign('linux-6.12', scope, 'moves', some))).match(
        /(modify|unregister)_direct\(&W, IP\(W_[ab]\)\)/g,
      );
    expect(await direct(calls)).toEqual([
      'modify_direct(&W, IP(W_b))',
      'unregister_direct(&W, IP(W_a))',
      'unregister_direct(&W, IP(W_b))',
    ]);
    expect(await direct(again)).toEqual([
      'modify_direct(&W, IP(W_b))',
      'modify_direct(&W, IP(W_a))',
      'unregister_direct(&W, IP(W_a))',
    ]);
  });
});

describe('the calls of a module', () => {
  test('makes every kind of call', async () => {
    const some = await Promise.all(
      [
        'switched-off-plants-death',
        'notrace-none-asks-nobody',
        'null-func-oops',
        'plain-unregister-spoils',
        'stale-entry',
      ].map(async (name) => storyIn(await moduleOf(await pathsOfStory(name)))),
    );
    for (const [i, call] of [
      'step("ftrace_enabled 0", write_ftrace_enabled("0")',
      'step("notrace R none", ftrace_set_notrace(&R, NULL, 0, 1)',
      'step_to_oops(2, "plain register W", register_ftrace_function(&W), 0);',
      'step("plain unregister W", unregister_ftrace_function(&W)',
      'step("remove W 2", ftrace_set_filter_ip(&W, IP(RECORD(2)), 1, 0)',
    ].entries())
      expect(some[i]).toContain(call);
    expect(some[1]).toContain('add_notrace(&R, 1)');
    // The cleanup uses the call that undoes the step.
    expect(some[2]).toMatch(/FTRACE_OPS_FL_ENABLED\) unregister_ftrace_function\(&W\);$/);
  });

  test('initializes no ops before the first call of the story', async () => {
    const scope = 'records=1,willing=1,misuse=1';
    const module = await moduleOf(
      await pathsOfDesign('linux-6.12', scope, 'empty', ['register W']),
    );
    expect(module).not.toContain('ftrace_set_filter_ip(&W');
  });

  test('sets attributes, and the script of an owner', async () => {
    const scope = 'records=1,ipmodify=1,scripted=1,attributes=1';
    const calls = ['preset X permanent', 'reset X', 'preset Q func', 'reset Q'];
    calls.push('script Q 0,remove 1');
    const module = await moduleOf(await pathsOfDesign('linux-6.12', scope, 'by hand', calls));
    for (const call of [
      '(X.flags |= FTRACE_OPS_FL_PERMANENT, 0)',
      '(X.flags = FTRACE_OPS_FL_SAVE_REGS | FTRACE_OPS_FL_IPMODIFY, 0)',
      '(Q.func = (ftrace_func_t)IP(Q_a), 0)',
      '(Q.flags = 0, Q.func = NULL, Q.trampoline = 0, 0)',
      '(Q_script[0] = 0, Q_script[1] = REMOVE + 1, 0)',
    ])
      expect(module).toContain(call);
  });

  test('an owner like that of BPF resets when its ops is unregistered', async () => {
    const calls = ['add X 1', 'register X records 1', 'add B 1', 'register B records 1'];
    calls.push('register B records 1', 'unregister B records 1', 'register B records 1');
    const module = await moduleOf(
      await pathsOfDesign('linux-6.12', 'records=1,ipmodify=1,bpf=1', 'forgets', calls),
    );
    expect(storyIn(module)).toMatch(/"unregister B records 1".*?B_shares = false; step/);
    expect(module.match(/B SELF -11/g)).toHaveLength(2);
  });
});

describe('the order of a hash', () => {
  const order = /module_param\(skip/;

  test('is a parameter if it matters', async () => {
    const module = await moduleOf(await pathsOfStory('positive-is-yes'));
    expect(module).toMatch(order);
    expect(module).toContain('If step 7 is not ok');
    expect(module).toContain('record_6\n};');
  });

  test('is not mentioned if one owner agrees in every order', async () => {
    expect(await moduleOf(await pathsOfStory('yes-is-not-taken-back'))).not.toMatch(order);
  });

  test('matters if a direct ops has no owner, and another is asked before it or not', async () => {
    const calls = ['add W 1', 'register W records 1', 'add A 2', 'register A records 2'];
    const module = await moduleOf(
      await pathsOfDesign('linux-6.12', 'records=2,ipmodify=1,willing=1,absent=1', 'in order', [
        ...[...calls, 'add X 1', 'add X 2', 'register X records 1,2'],
      ]),
    );
    expect(module).toMatch(order);
  });
});

describe('a folder', () => {
  test('has each path under its own name, and builds all of them', async () => {
    const { head, paths } = await pathsOfStory('asked-in-vain');
    const [path] = paths;
    const description = ['path 1', 'path 1', '2 calls; "quoted" */', 'Ü'];
    const files = await filesOf(format, {
      head,
      paths: description.map((one) => ({ ...path!, description: one })),
    });
    const names = ['path-1', 'path-1-2', 'path-2-calls-quoted', 'path'];
    expect([...files.keys()]).toEqual([
      ...names.map((name) => `${name}.c`),
      'Makefile',
      'README.md',
    ]);
    expect(files.get('Makefile')!.match(/^obj-m.*$/gm)).toEqual(
      names.map((n) => `obj-m += ${n}.o`),
    );
    const strange = files.get('path-2-calls-quoted.c')!;
    expect(strange).toContain('"2 calls; \\"quoted\\" */"');
    // The comment at the top ends at its end.
    expect(strange.slice(0, strange.indexOf('*/')).split('\n').at(-1)).toBe(' ');
    expect(strange.indexOf('*/')).toBeGreaterThan(strange.indexOf('make -C'));
  });

  test('leaves out and lists the paths that modules cannot call', async () => {
    const { head, paths } = await pathsOfDesign('linux-7.0', 'records=1,bpf=1,tracer=1', 'table', [
      'direct add B 1',
    ]);
    await expect(filesOf(format, { head, paths })).rejects.toThrow(/^RW331: .*not for modules/);
    const tracer = await pathsOfDesign('linux-7.0', 'records=1,bpf=1,tracer=1', 'tracer', [
      'add T 1',
    ]);
    const files = await filesOf(format, { head, paths: [...paths, ...tracer.paths] });
    expect(files.get('README.md')).toMatch(/Left out:\n\n- table: update_ftrace_direct_add/);
    expect([...files.keys()]).toContain('tracer.c');
  });

  test.each([
    ['register X', 'records=1,ipmodify=1,attributes=1', /does not return/],
    ['script Q modify', 'records=1,ipmodify=1,scripted=1', /does not track the trampoline/],
  ])('leaves out %s', async (call, scope, reason) => {
    const { head, paths } = await pathsOfDesign('linux-6.12', scope, 'left out', [call]);
    await expect(filesOf(format, { head, paths })).rejects.toThrow(reason);
  });

  test('accepts paths of designs only', async () => {
    const { head, paths } = await pathsOfStory('asked-in-vain');
    const { scope: _, ...own } = head;
    await expect(filesOf(format, { head: own, paths })).rejects.toThrow(
      /^RW330: .*network of your own/,
    );
  });
});

test.each(stories)('%s is short, and has no long line', async (name) => {
  const module = await moduleOf(await pathsOfStory(name));
  const lines = module.split('\n');
  expect(lines.length).toBeLessThan(300);
  // Strings are not split, so that a reader can search for them.
  const long = lines.filter((line) => line.replaceAll('\t', '        ').length > 100);
  expect(long.filter((line) => !/pr_info\(/.test(line))).toEqual([]);
});
