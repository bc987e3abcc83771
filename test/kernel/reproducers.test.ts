import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeInRoot } from '../../src/kernel/buildRoot.js';
import type { CpioFile } from '../../src/kernel/cpio.js';
import { type DebianKernel, findKernel } from '../../src/kernel/find.js';
import type { KernelFiles } from '../../src/kernel/packages.js';
import { run } from '../../src/kernel/program.js';
import { format as c } from '../../src/paths/to/c.js';
import { format as tc } from '../../src/paths/to/tc.js';
import { type DesignPaths, filesOf, pathsOfDesign, pathsOfStory } from '../paths/pathsOfDesign.js';
import { fileOf, inBareGuest } from './bareGuest.js';
import { bootsKernels, testedKernels, title } from './play.js';

const named = async (description: string, from: Promise<DesignPaths>): Promise<DesignPaths> => {
  const { head, paths } = await from;
  return { head, paths: paths.map((path) => ({ ...path, description })) };
};

/** The same path with a wrong outcome for its last step, which no kernel gives. */
const wrong = async (description: string, from: Promise<DesignPaths>): Promise<DesignPaths> => {
  const { head, paths } = await named(description, from);
  const [path] = paths;
  const last = path!.steps.at(-1)!;
  const outcome = last.outcome.map((part) => part.replace(/\((\d)\)/, '(7)'));
  return {
    head,
    paths: [{ description, steps: [...path!.steps.slice(0, -1), { ...last, outcome }] }],
  };
};

const all = async (...some: readonly Promise<DesignPaths>[]): Promise<DesignPaths> => {
  const several = await Promise.all(some);
  return { head: several[0]!.head, paths: several.flatMap(({ paths }) => paths) };
};

const SCOPE = 'records=2,ipmodify=1,willing=2,absent=1,edits=1';
const growth = () => pathsOfStory('growth-is-not-asked', SCOPE);
const dies = () => pathsOfStory('ftrace-dies', SCOPE);
const modules = () =>
  all(named('growth', growth()), wrong('wrong', growth()), named('dies', dies()));

const scripts = () => {
  const scope = 'records=2,tracer=2,regs=1,notrace=1,sysctl=1';
  const changes = [
    ...['add T 1', 'register T records 1', 'add T2 1', 'register T2 records 1', 'notrace T2 1'],
    ...['add S 1', 'register S records 1', 'add S 2', 'remove S 1', 'notrace T2 none'],
  ];
  return all(
    pathsOfDesign('linux-6.12', scope, 'changes', changes),
    wrong('wrong', pathsOfDesign('linux-6.12', scope, 'wrong', changes.slice(0, 2))),
    pathsOfDesign('linux-6.12', scope, 'plants death', [
      ...['add S 1', 'register S records 1', 'ftrace_enabled 0', 'unregister S records 1'],
      ...['ftrace_enabled 1', 'add T 2', 'register T records 2', 'unregister T records 2'],
    ]),
    pathsOfDesign('linux-6.12', scope, 'after death', ['add T 1']),
  );
};

async function builtModules(kernel: KernelFiles, folder: string): Promise<CpioFile[]> {
  for (const [name, text] of await filesOf(c, await modules()))
    await writeFile(join(folder, name), text);
  const args = ['KCFLAGS=-g0 -Werror', 'CONFIG_DEBUG_INFO_BTF_MODULES='];
  const { buildRoot, kdir } = kernel;
  const { code, stderr } = buildRoot
    ? await makeInRoot(folder, { ...kernel, buildRoot }, [...args, 'modules'], () => {})
    : await run('make', ['-C', folder, `KDIR=${kdir}`, ...args]);
  if (code !== 0) throw new Error(stderr);
  const files = ['growth.ko', 'wrong.ko', 'dies.ko'].map(async (name) =>
    fileOf(name, await readFile(join(folder, name))),
  );
  return Promise.all(files);
}

/** The KTAP lines of the kernel's log. */
const ktap = (printed: readonly string[]): string[] =>
  printed
    .map((line) => line.replace(/^\[ *[\d.]+\] /, ''))
    .filter((line) => /^(KTAP|\d+\.\.\d|(not )?ok )/.test(line));

const okLines = async (from: Promise<DesignPaths>): Promise<unknown[]> => {
  const [path] = (await from).paths;
  return path!.steps.map(({ call }, i) => expect.stringMatching(`^ok ${i + 1} - ${call} # `));
};

/** Whether the kernel refuses to write 0 to ftrace_enabled, as Linux 7.3 does. */
const refusesToDisable = (kernel: DebianKernel): boolean => kernel === 'debian:7.3';

describe.runIf(bootsKernels).each<DebianKernel>(testedKernels)(`${title}: %s`, (name) => {
  let kernel: KernelFiles;
  let folder: string;
  let files: CpioFile[];

  beforeAll(async () => {
    kernel = await findKernel(name);
    folder = await mkdtemp(join(tmpdir(), 'recwalk-modules-'));
    files = await builtModules(kernel, folder);
  }, 600_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('modules play their stories: ok, and not ok for another expected outcome', async () => {
    const played = ['growth', 'wrong', 'dies'].map((one) => `insmod /${one}.ko`);
    const script = [...played, 'rmmod growth || echo it stays', 'dmesg'].join('\n');
    const printed = await inBareGuest(kernel, files, script);
    expect(printed).toContain('it stays');
    const steps = await okLines(growth());
    const seen = ktap(printed);
    expect(seen.slice(0, 7)).toEqual(['KTAP version 1', '1..5', ...steps]);
    expect(seen.slice(7, 14)).toEqual([
      ...['KTAP version 1', '1..5', ...steps.slice(0, 4)],
      'not ok 5 - add X 2 # expected 0; 1: (7) RI. - ran X; 2: (7) RID A_a ran X,A_a got 0; 1: (1) RI. - ran X; 2: (2) RID A_a ran X,A_a',
    ]);
    expect(seen.slice(14)).toEqual(['KTAP version 1', '1..7', ...(await okLines(dies()))]);
    expect(seen.at(-1)).toBe('ok 7 - add W2 1 # 0; W2 SELF 0; WARN; DEAD');
  }, 600_000);

  test('scripts play their stories, and tests are skipped once ftrace is dead', async () => {
    const written = [...(await filesOf(tc, await scripts()))];
    const tests = written.filter(([file]) => file.endsWith('.tc'));
    const runner = await readFile(new URL('ftracetest.sh', import.meta.url));
    const script = `sh /ftracetest.sh ${tests.map(([file]) => `/${file}`).join(' ')}
insmod /growth.ko
dmesg`;
    const guestFiles = [
      ...tests.map(([file, text]) => fileOf(file, text)),
      ...[fileOf('ftracetest.sh', runner), ...files],
    ];
    const printed = await inBareGuest(kernel, guestFiles, script);
    const results = printed.filter((line) => /^[A-Z]+ \//.test(line)).map((line) => line.trim());
    const wrongLine = 'FAIL /wrong.tc version_proc_show: expected (7) - ran T, seen (1) - ran T';
    const first = ['PASS /changes.tc', wrongLine];
    if (refusesToDisable(name)) {
      // The script cannot plant the death of ftrace.
      expect(results).toEqual([...first, 'FAIL /plants-death.tc', 'PASS /after-death.tc']);
      return;
    }
    expect(results, printed.join('\n')).toEqual([
      ...first,
      'PASS /plants-death.tc',
      'UNRESOLVED /after-death.tc',
    ]);
    // The insmod of busybox tries to load the module twice.
    expect(ktap(printed).map((line) => line.slice(0, 35))).toEqual(
      Array(2).fill('1..0 # SKIP this needs a living ftr'),
    );
  }, 600_000);

  test('the lines in docs/reproducers.md kill ftrace', async () => {
    const doc = await readFile(new URL('../../docs/reproducers.md', import.meta.url), 'utf8');
    const [, lines] = /```sh\n(cd \/sys\/kernel\/tracing\n[^`]*)```/.exec(doc)!;
    const living = lines!.replace('echo 0 > /proc/sys/kernel/ftrace_enabled\n', '');
    // Without the write to ftrace_enabled the same lines do no harm.
    const printed = await inBareGuest(kernel, [], `(${living}) && echo lives\n(${lines})`);
    expect(printed).toEqual([
      'cmdline_proc_show',
      'lives',
      ...(refusesToDisable(name)
        ? [expect.stringMatching(/write error: Operation not supported$/), 'cmdline_proc_show']
        : [expect.stringMatching(/^cat: .*No such device/)]),
    ]);
  }, 600_000);
});
