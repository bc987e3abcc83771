import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build, plain, root } from './cli/recwalk.js';

/** A copy of the build, to which the tests add files. */
const copy = mkdtempSync(join(tmpdir(), 'recwalk-test-'));
const main = join(copy, 'dist/src/cli/main.js');
const options = { cwd: copy, env: plain, encoding: 'utf8' } as const;
const run = (...args: string[]) => spawnSync(process.execPath, [main, ...args], options);

/** Files of the document: a name, and the block after it. */
const document = readFileSync(join(root, 'docs/extending.md'), 'utf8');
const written = [
  ...document.matchAll(
    /`((?:machines|src)\/(?:[a-z]+\/)+(?:my-[a-z]+|(?<=again\/|watcher\/)[a-z]+)\.(?:ts|c))`[\s\S]*?```(?:ts|c)\n([\s\S]*?)```/g,
  ),
]
  .map(([, file, text]) => ({ file: file!, text: text! }))
  // Of a bug only a part is shown.
  .filter(({ file }) => file !== 'machines/bugs/my-bug.ts');

/** The edits that the document describes in prose or as text, by file. */
const edits: Readonly<Record<string, readonly (readonly [from: string | RegExp, to: string])[]>> = {
  'machines/calls/calls.ts': [
    [/^/, "import { again } from './again/call.js';\n"],
    ['updateDirect,\n', 'updateDirect,\n  again,\n'],
  ],
  'machines/ops/context.ts': [["type: 'add' | ", "type: 'again' | 'add' | "]],
  'machines/ops.ts': [
    [/idle: \{\s+on: \{/, "$& again: { guard: 'in filter', actions: 'say done' },"],
    [/enabled: \{\s+on: \{/, "$& again: { guard: 'in filter', actions: 'request while enabled' },"],
  ],
  'machines/clients/clients.ts': [
    [/^/, "import { watcher } from './watcher/client.js';\n"],
    [/,?\s*\] as const;/, ', watcher] as const;'],
  ],
};

const edited = Object.entries(edits).map(([file, changes]) => ({
  file,
  text: changes.reduce(
    (text, [from, to]) => {
      const changed = text.replace(from, to);
      expect(changed, file).not.toBe(text);
      return changed;
    },
    readFileSync(join(root, file), 'utf8'),
  ),
}));
const all = [...written, ...edited];

beforeAll(() => {
  build();
  cpSync(join(root, 'dist'), join(copy, 'dist'), { recursive: true });
  for (const one of ['machines', 'src'])
    cpSync(join(root, one), join(copy, one), { recursive: true });
  for (const one of ['node_modules', 'package.json']) symlinkSync(join(root, one), join(copy, one));
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  for (const { file, text } of all) {
    const source = join(copy, file);
    mkdirSync(dirname(source), { recursive: true });
    writeFileSync(source, text);
    if (!file.endsWith('.ts')) continue;
    const target = join(copy, 'dist', file.replace(/ts$/, 'js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, ts.transpileModule(text, { compilerOptions }).outputText);
  }
}, 600_000);

afterAll(() => rmSync(copy, { recursive: true }));

test('the page has a file of each kind', () => {
  expect(written.map(({ file }) => file)).toEqual([
    'machines/rules/my-rule.ts',
    'machines/designs/my-design.ts',
    'machines/fixes/my-change.ts',
    'machines/calls/again/call.ts',
    'machines/calls/again/module.c',
    'machines/clients/watcher/machine.ts',
    'machines/clients/watcher/client.ts',
    'machines/clients/watcher/init.c',
    'src/export/to/my-format.ts',
    'src/coverage/criteria/my-criterion.ts',
    'src/paths/to/my-format.ts',
  ]);
});

test('a rule is a file', () => {
  const { status, stdout } = run('check', 'proposal', '--scope', 'small', '--rule', 'my-rule');
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: expect.stringMatching(/my-rule +holds/),
  });
});

test('a design is a file', () => {
  const { status, stdout } = run('diff', 'linux-6.12', 'my-design');
  expect({ status, stdout }).toEqual({
    status: 1,
    stdout: expect.stringContaining('notifiesOnFailure'),
  });
});

test('a fix is a file', () => {
  const { stderr } = run('repair', 'linux-6.12', '--without', 'nosuch');
  expect(stderr).toContain('my-change');
});

/** Names of the files, written or edited, that a part of the document touches. */
const touched = (part: string) =>
  all.map(({ file }) => file).filter((file) => file.startsWith(`machines/${part}`));

test('a call is a folder and three lines elsewhere', () => {
  expect([...touched('calls'), ...touched('ops')]).toHaveLength(5);
  const network = ['linux-6.12', '--scope', 'small'];
  const { status, stdout } = run('paths', ...network, '--to', 'story');
  expect(status).toBe(0);
  // An idle ops does not change; an enabled one keeps its place.
  expect(stdout).toMatch(/^again X 1\n {2}0\n {2}1: \(0\) \.\.\. - ran -$/m);
  expect(stdout).toMatch(/^again X 1\n {2}0\n {2}1: \(1\) RI\. - ran X$/m);
  expect(run('check', ...network, '--rule', 'flags-are-exact').status).toBe(0);
  const modulesFolder = join(copy, 'told');
  expect(run('paths', ...network, '--to', 'c', '-o', modulesFolder).status).toBe(0);
  const modules = readdirSync(modulesFolder).map((file) =>
    readFileSync(join(modulesFolder, file), 'utf8'),
  );
  expect(modules.join('\n')).toContain('ftrace_set_filter_ip(&X, IP(RECORD(1)), 0, 0)');
});

test('a client is a folder and one line elsewhere', () => {
  expect(touched('clients')).toHaveLength(4);
  const network = ['clients@linux-6.12', '--scope', 'watcher=1,livepatch=1'];
  const { status, stdout } = run('paths', ...network, '--to', 'story');
  expect(status).toBe(0);
  expect(stdout).toContain('ran patched,watcher');
  expect(run('check', ...network).status).toBe(0);
  const modulesFolder = join(copy, 'scripts');
  expect(run('paths', ...network, '--to', 'sh', '-o', modulesFolder).status).toBe(0);
  const scripts = readdirSync(modulesFolder).map((file) =>
    readFileSync(join(modulesFolder, file), 'utf8'),
  );
  expect(scripts.join('\n')).toContain('echo function > $tracing/instances/watcher/current_tracer');
});

describe.skipIf(process.env.RECWALK_KERNEL_TESTS === undefined)('on a kernel', () => {
  test.each([
    ['linux-6.12', 'records=1,ipmodify=1,willing=1'],
    ['clients@linux-6.12', 'watcher=1,fentry=1,livepatch=1'],
  ])('%s in %s behaves like the model', { timeout: 1_200_000 }, (design, scope) => {
    const typed = ['replay', design, '--kernel', 'debian:6.12', '--scope', scope];
    const replayed = spawnSync(process.execPath, [main, ...typed], {
      ...options,
      env: process.env,
    });
    expect(replayed, replayed.stderr).toMatchObject({ status: 0 });
    expect(replayed.stdout).toMatch(/^ {2}0 differences$/m);
  });
});

test('an exporter is a file', () => {
  expect(run('export', '--help').stdout).toContain('my-format');
  const { status, stdout } = run('export', 'record', '--to', 'my-format');
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: expect.stringMatching(/^free -> ipmodify$/m),
  });
});

test('a criterion and a format of paths are a file each', () => {
  const help = run('paths', '--help').stdout;
  expect(help).toContain('my-criterion');
  expect(help).toContain('my-format');
  const typed = ['--scope', 'small', '--cover', 'my-criterion', '--to', 'my-format'];
  const { status, stdout, stderr } = run('paths', 'proposal', ...typed);
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: expect.stringContaining('first calls taken: 6 of 6'),
  });
  expect(stdout).toMatch(/^add X 1$/m);
});

test('the files compile under the strict settings of the project', { timeout: 600_000 }, () => {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, copy);
  const sources = all.filter(({ file }) => file.endsWith('.ts'));
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram(
    sources.map(({ file }) => join(copy, file)),
    { ...options, noEmit: true },
    host,
  );
  const wrong = ts.getPreEmitDiagnostics(program);
  expect(ts.formatDiagnostics(wrong, host)).toBe('');
});
