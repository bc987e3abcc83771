import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { build, plain, root } from './cli/recwalk.js';

/** A copy of what was built, in which files can be added that nobody else sees. */
const copy = mkdtempSync(join(tmpdir(), 'recwalk-test-'));
const main = join(copy, 'dist/src/cli/main.js');
const options = { cwd: copy, env: plain, encoding: 'utf8' } as const;
const run = (...args: string[]) => spawnSync(process.execPath, [main, ...args], options);

/** Files of the document: a name, and the block after it. */
const document = readFileSync(join(root, 'docs/extending.md'), 'utf8');
const written = [
  ...document.matchAll(/`((?:machines|src)\/[a-z/]+\/my-[a-z]+)\.ts`[\s\S]*?```ts\n([\s\S]*?)```/g),
]
  .map(([, file, text]) => ({ file: file!, text: text! }))
  // Of a bug only a part is shown.
  .filter(({ file }) => file !== 'machines/bugs/my-bug');

beforeAll(() => {
  build();
  cpSync(join(root, 'dist'), join(copy, 'dist'), { recursive: true });
  for (const one of ['node_modules', 'machines', 'package.json'])
    symlinkSync(join(root, one), join(copy, one));
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  for (const { file, text } of written)
    writeFileSync(
      join(copy, 'dist', `${file}.js`),
      ts.transpileModule(text, { compilerOptions }).outputText,
    );
}, 600_000);

afterAll(() => rmSync(copy, { recursive: true }));

test('the document has a file of each kind', () => {
  expect(written.map(({ file }) => file)).toEqual([
    'machines/rules/my-rule',
    'machines/designs/my-design',
    'machines/fixes/my-change',
    'src/export/to/my-format',
    'src/coverage/criteria/my-criterion',
    'src/paths/to/my-format',
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

test('a change is a file', () => {
  const { stderr } = run('repair', 'linux-6.12', '--without', 'nosuch');
  expect(stderr).toContain('my-change');
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

test('they are as strict as the rest', { timeout: 600_000 }, () => {
  const texts = new Map(written.map(({ file, text }) => [join(root, `${file}.ts`), text]));
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const host = ts.createCompilerHost(options);
  const read = host.readFile;
  host.readFile = (file) => texts.get(file) ?? read(file);
  const program = ts.createProgram([...texts.keys()], options, host);
  const wrong = ts.getPreEmitDiagnostics(program);
  expect(ts.formatDiagnostics(wrong, host)).toBe('');
});
