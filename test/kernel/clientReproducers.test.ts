import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildModules } from '../../src/kernel/build.js';
import type { CpioFile } from '../../src/kernel/cpio.js';
import { type DebianKernel, findKernel } from '../../src/kernel/find.js';
import type { KernelFiles } from '../../src/kernel/packages.js';
import { run } from '../../src/kernel/program.js';
import { format } from '../../src/paths/to/sh.js';
import { type DesignPaths, filesOf, pathsOfClients } from '../paths/pathsOfDesign.js';
import { inBareGuest } from './bareGuest.js';
import { filesAt, librariesOf, USE_LIBRARIES } from './libraries.js';
import { bootsKernels, testedKernels, title } from './play.js';

/** Milliseconds. The guest has no time limit that could fail; this only bounds a very busy machine. */
const LIMIT = 600_000;

const BPFTOOL = '/usr/sbin/bpftool';

/** All clients in one scope, so that the stories share one folder. */
const SCOPE =
  'fentry=1,fexit=1,pair=1,livepatch=1,kprobe=2,post=1,override=1,elsewhere=1,tracer=1,sample=1,fprobe=1';

const STORIES: Readonly<Record<string, readonly string[]>> = {
  refused: ['attach fexit', 'register kprobe R', 'register kprobe O', 'enable livepatch'],
  comes: [
    ...['attach fentry', 'enable livepatch', 'detach fentry', 'attach fentry'],
    ...['register kprobe P', 'disable livepatch', 'enable livepatch', 'unregister kprobe P'],
  ],
  turns: ['attach fentry', 'attach fentry.second', 'detach fentry', 'attach fentry'],
  fprobe: ['attach kprobe.multi', 'attach fentry', 'enable livepatch'],
  traced: ['start tracer', 'register kprobe Q', 'stop tracer', 'unregister kprobe Q'],
  sample: ['load sample', 'attach fentry', 'enable livepatch', 'unload sample', 'attach fentry'],
  dies: ['enable livepatch', 'attach fentry', 'attach fexit'],
  freed: [
    ...['register kprobe P', 'register kprobe Q', 'unregister kprobe P', 'unregister kprobe Q'],
  ],
  kept: [
    ...['register kprobe P', 'register kprobe Q', 'unregister kprobe Q', 'unregister kprobe P'],
  ],
};

/** The same path with a wrong outcome for its last step, which no kernel gives. */
function wrong({ head, paths: [path] }: DesignPaths): DesignPaths {
  const last = path!.steps.at(-1)!;
  const outcome = last.outcome.map((part) => part.replace(/\((\d)\)/, '(7)'));
  const steps = [...path!.steps.slice(0, -1), { ...last, outcome }];
  return { head, paths: [{ description: 'wrong', steps }] };
}

/** What the scripts of 7.3 do, in the scope `multi`. */
const STORIES_OF_MULTI: typeof STORIES = {
  multi: [
    ...['enable livepatch', 'attach fexit.multi', 'attach fentry.multi', 'attach fexit'],
    ...['detach fentry.multi', 'disable livepatch', 'attach fexit.multi', 'enable livepatch'],
  ],
  panics: [
    ...['attach fexit', 'attach fentry.multi', 'register kprobe R', 'register kprobe Q'],
    'detach fentry.multi',
  ],
};

/** What the scripts of 7.3 do, in the scope `names`. */
const STORIES_OF_NAMES: typeof STORIES = {
  ignored: [
    ...['load fexit4', 'attach fexit4', 'load fentry.alias', 'enable livepatch4'],
    ...['load fexit.alias', 'attach fexit.alias'],
  ],
  oopses: [
    ...['load fentry4', 'load fentry.alias', 'load fexit.alias', 'attach fexit.alias'],
    ...['detach fexit.alias', 'attach fentry4', 'enable livepatch4'],
  ],
};

/** What the scripts do with a task that sleeps in a livepatch, in the scope `transitions`. */
const STORIES_OF_TRANSITIONS: typeof STORIES = {
  held: [
    ...['enable livepatch', 'sleep in 1', 'enable livepatch2', 'disable livepatch'],
    ...['enable replacement', 'disable livepatch2', 'enable livepatch2', 'wake'],
    ...['disable livepatch', 'disable livepatch2'],
  ],
  unloaded: [
    ...['enable livepatch', 'sleep in 1', 'enable livepatch2', 'force livepatch2'],
    'enable replacement',
  ],
};

async function pathsOn(
  kernel: DebianKernel,
  scope: string,
  stories: typeof STORIES,
): Promise<DesignPaths> {
  const target = kernel.replace('debian:', 'clients@linux-');
  const all = await Promise.all(
    Object.entries(stories).map(([description, calls]) =>
      pathsOfClients(target, scope, description, calls),
    ),
  );
  const paths = [...all, wrong(all[0]!)].flatMap((one) => one.paths);
  return { head: all[0]!.head, paths };
}

/** Builds the folder as its README describes; returns the files of it that the guest needs. */
async function made(kernel: KernelFiles, folder: string, from: DesignPaths): Promise<CpioFile[]> {
  for (const [name, text] of await filesOf(format, from)) await writeFile(join(folder, name), text);
  if (kernel.buildRoot) await buildModules(folder, kernel);
  const args = ['-C', folder, `KDIR=${kernel.kdir}`, 'KCFLAGS=-g0 -Werror'];
  // The host's compiler builds the programs of a kernel whose modules need another one.
  const programs = (await readdir(folder)).filter((name) => name.endsWith('.bpf.c'));
  const tools = (await readdir(folder))
    .filter((name) => /^(attach|munlockall)\.c$/.test(name))
    .map((name) => name.replace(/\.c$/, ''));
  const targets = kernel.buildRoot
    ? [...tools, ...programs.map((name) => name.replace(/c$/, 'o'))]
    : [];
  const { code, stderr } = await run('make', [
    ...args,
    'CONFIG_DEBUG_INFO_BTF_MODULES=',
    ...targets,
  ]);
  if (code !== 0) throw new Error(stderr);
  const names = (await readdir(folder)).filter((name) =>
    /\.(sh|ko|bpf\.o)$|^(attach|munlockall)$/.test(name),
  );
  return filesAt(names.map((name) => join(folder, name)));
}

const steps = (printed: readonly string[]) => printed.filter((line) => /^(not )?ok /.test(line));

/** The scripts of stories on one kernel, and a way to run them in one boot. */
async function scriptsOn(name: DebianKernel, scope: string, stories: typeof STORIES) {
  const kernel = await findKernel(name);
  const folder = await mkdtemp(join(tmpdir(), 'recwalk-scripts-'));
  const from = await pathsOn(name, scope, stories);
  const files = await made(kernel, folder, from);
  files.push(...(await filesAt([BPFTOOL])));
  // Stories without a BPF program need no tool that attaches one.
  const attach = files.some((file) => file.name === 'attach') ? [join(folder, 'attach')] : [];
  files.push(...(await librariesOf([BPFTOOL, ...attach])));
  return {
    play(...scripts: readonly string[]) {
      const lines = scripts.map((script) => `sh /${script}.sh; echo "exit $?"`);
      const before = `mount -t bpf bpf /sys/fs/bpf\n${USE_LIBRARIES}`;
      return inBareGuest(kernel, files, before + lines.join('\n'));
    },
    /** The lines of a story whose steps all have the outcomes of the model. */
    ok: (description: string) =>
      from.paths
        .find((path) => path.description === description)!
        .steps.map(({ call, outcome }, i) => `ok ${i + 1} - ${call} # ${outcome.join('; ')}`),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

describe.runIf(bootsKernels).each<DebianKernel>(['debian:6.1', 'debian:6.12'])(
  `${title}: %s`,
  (name) => {
    const old = name === 'debian:6.1';
    let scripts: Awaited<ReturnType<typeof scriptsOn>>;

    beforeAll(async () => {
      scripts = await scriptsOn(name, SCOPE, STORIES);
    }, LIMIT);
    afterAll(() => scripts?.remove());

    const play: typeof scripts.play = (...names) => scripts.play(...names);
    const ok: typeof scripts.ok = (description) => scripts.ok(description);

    test(
      'scripts have the outcomes of their stories, and undo everything',
      async () => {
        const all = ['refused', 'comes', 'turns', 'fprobe', 'traced', 'sample'];
        const printed = await play(...all);
        expect(steps(printed), printed.join('\n')).toEqual(all.flatMap(ok));
        expect(printed.filter((line) => line.startsWith('exit'))).toEqual(all.map(() => 'exit 0'));
        expect(ok('refused')[3]).toContain('enable livepatch # -EBUSY; ');
        expect(ok('fprobe')[0]).toContain(old ? '# -EOPNOTSUPP; ' : ' ran original,kprobe.multi;');
        expect(ok('sample')[1]).toContain('attach fentry # -EBUSY; ');
      },
      LIMIT,
    );

    test(
      'not ok, and an exit status, if a kernel differs',
      async () => {
        const printed = await play('wrong');
        const [, , , last] = ok('refused');
        expect(steps(printed)).toEqual([
          ...ok('refused').slice(0, 3),
          `not ${last!.replace('# ', `# expected ${ok('wrong')[3]!.replace(/^.*# /, '')} seen `)}`,
        ]);
        expect(printed.at(-1)).toBe('exit 1');
      },
      LIMIT,
    );

    test(
      'ftrace dies on 6.1 and not on 6.12; scripts are skipped once it is dead',
      async () => {
        const printed = await play('dies', 'traced');
        expect(steps(printed)).toEqual([...ok('dies'), ...(old ? [] : ok('traced'))]);
        expect(ok('dies')[2]).toMatch(old ? /# 0; DEAD$/ : /ran patched,fentry,fexit;/);
        expect(printed.slice(-2)).toEqual(
          old
            ? [
                '1..0 # SKIP this needs a living ftrace, and tracefs at /sys/kernel/tracing',
                'exit 4',
              ]
            : [ok('traced')[3], 'exit 0'],
        );
      },
      LIMIT,
    );

    test(
      'a task that sleeps in a livepatch: -EBUSY, a transition that is reversed, and an oops',
      async () => {
        const slept = await scriptsOn(name, 'transitions', STORIES_OF_TRANSITIONS);
        const printed = await slept.play('held', 'unloaded').finally(slept.remove);
        expect(steps(printed), printed.join('\n')).toEqual([
          ...slept.ok('held'),
          ...slept.ok('unloaded'),
        ]);
        expect(slept.ok('held')[3]).toContain('disable livepatch # -EBUSY; livepatch2: patching; ');
        expect(slept.ok('unloaded')[4]).toBe('ok 5 - enable replacement # OOPS');
      },
      LIMIT,
    );

    test.each(['freed', 'kept'])(
      'an unregistered probe stays: %s',
      async (description) => {
        const printed = await play(description);
        expect(steps(printed), printed.join('\n')).toEqual(ok(description));
        const probe = description === 'freed' ? 'Q' : 'P';
        expect(printed.slice(-3)).toEqual([
          `ok 4 - unregister kprobe ${probe} # 0; WARN; 1: (1) R.. - ran original,${probe}; 2: (0) ... - ran original`,
          '# reboot: the kernel may still call what is left',
          'exit 0',
        ]);
      },
      600_000,
    );
  },
);

describe.runIf(bootsKernels && testedKernels.includes('debian:7.3'))(`${title}: debian:7.3`, () => {
  let scripts: Awaited<ReturnType<typeof scriptsOn>>;

  beforeAll(async () => {
    scripts = await scriptsOn('debian:7.3', 'multi', STORIES_OF_MULTI);
  }, LIMIT);
  afterAll(() => scripts?.remove());

  test(
    'programs of several functions: -EAGAIN beside a livepatch, and a panic at their detach',
    async () => {
      const printed = await scripts.play('multi', 'panics');
      const panics = scripts.ok('panics');
      expect(steps(printed), printed.join('\n')).toEqual([
        ...scripts.ok('multi'),
        ...panics.slice(0, -1),
      ]);
      expect(scripts.ok('multi')[1]).toContain('attach fexit.multi # -EAGAIN; ');
      expect(panics.at(-1)).toBe('ok 5 - detach fentry.multi # PANIC');
      expect(printed.slice(-2)).toEqual([
        '# the kernel panics or oopses in the next step',
        'PANIC',
      ]);
    },
    LIMIT,
  );

  test(
    'two names of one function: a livepatch that does nothing, and an oops',
    async () => {
      const named = await scriptsOn('debian:7.3', 'names', STORIES_OF_NAMES);
      const printed = await named.play('ignored', 'oopses').finally(named.remove);
      expect(steps(printed), printed.join('\n')).toEqual([
        ...named.ok('ignored'),
        ...named.ok('oopses'),
      ]);
      expect(named.ok('ignored')[3]).toMatch(
        /^ok 4 - enable livepatch4 # 0; .* ran original,fexit4$/,
      );
      expect(named.ok('ignored')[5]).toContain('attach fexit.alias # -EINVAL; ');
      expect(named.ok('oopses')[6]).toBe('ok 7 - enable livepatch4 # OOPS');
      expect(printed.slice(-2)).toEqual([
        '# reboot: the kernel may still call what is left',
        'exit 0',
      ]);
    },
    LIMIT,
  );
});
