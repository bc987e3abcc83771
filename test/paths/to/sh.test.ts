import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { format as c } from '../../../src/paths/to/c.js';
import { format } from '../../../src/paths/to/sh.js';
import { format as tc } from '../../../src/paths/to/tc.js';
import { type DesignPaths, filesOf, pathsOfClients, pathsOfDesign } from '../pathsOfDesign.js';

const files = async (...some: readonly Promise<DesignPaths>[]) => {
  const several = await Promise.all(some);
  return filesOf(format, {
    head: several[0]!.head,
    paths: several.flatMap(({ paths }) => paths),
  });
};

const clients = (scope: string, description: string, calls: readonly string[]) =>
  pathsOfClients('clients@linux-6.1', scope, description, calls);

const dies = () =>
  clients('small', "ftrace dies, isn't it", ['enable livepatch', 'attach fentry', 'attach fexit']);

const P_THEN_Q = ['register kprobe P', 'register kprobe Q', 'unregister kprobe P'];
const dangles = () => clients('default', 'dangles', [...P_THEN_Q, 'unregister kprobe Q']);

const both = () =>
  clients('both', 'both', [
    ...['start tracer', 'register kprobe R', 'stop tracer', 'unregister kprobe R'],
    ...['enable livepatch', 'disable livepatch'],
  ]);

/** The commands of an action. */
const commands = (script: string, action: string): string[] =>
  new RegExp(`^\t'${action}'\\)\n([^]*?)\n\t\t;;`, 'm')
    .exec(script)![1]!
    .split('\n')
    .map((line) => line.trim());

describe('a story of clients as a script', () => {
  test('does each action with ordinary commands', async () => {
    const script = (await files(dies())).get('ftrace-dies-isn-t-it.sh')!;
    expect(commands(script, 'enable livepatch')).toEqual([
      'insmod patch.ko && wait_for grep -q 0 /sys/kernel/livepatch/patch/transition',
    ]);
    expect(commands(script, 'attach fexit')).toEqual(['./attach fexit.bpf.o /sys/fs/bpf/fexit']);
    expect(commands(script, 'detach fexit')).toEqual([
      'rm /sys/fs/bpf/fexit && wait_for gone fexit',
    ]);
    const kprobes = (await files(dangles())).get('dangles.sh')!;
    expect(commands(kprobes, 'register kprobe P')).toEqual([
      "echo 'p:P cmdline_proc_show' >> $tracing/kprobe_events &&",
      'echo 1 > $tracing/events/kprobes/P/enable',
    ]);
    expect(commands(kprobes, 'unregister kprobe Q')).toEqual([
      '/bin/echo 0 > /sys/module/probes/parameters/Q',
    ]);
    const tracer = (await files(both())).get('both.sh')!;
    expect(commands(tracer, 'stop tracer')).toEqual([
      'echo nop > $tracing/current_tracer &&',
      'echo > $tracing/set_ftrace_filter',
    ]);
  });

  test('names alike programs in the order in which they ran, and attaches all copies or none', async () => {
    const scope = 'fentry=1,fexit=1,pair=1,many=1';
    const alone = (await files(clients(scope, 'a', ['attach fentry', 'attach fexit'])))!;
    expect(alone.get('a.sh')).not.toMatch(/in_order|for_copies/);
    expect(alone.get('fentry.bpf.c')).not.toContain('turn =');
    const calls = ['attach fentry', 'attach fentry.many', 'attach fexit'];
    const several = await files(clients(scope, 'b', calls));
    expect(several.get('b.sh')).toContain(`in_order() {
	by_turn fentry fentry.many
	echo fexit
}`);
    expect(several.get('fentry.bpf.c')).toContain('turn = now();');
    expect(several.get('fexit.bpf.c')).not.toContain('turn =');
    expect(commands(several.get('b.sh')!, 'attach fentry.many')).toEqual([
      'for_copies 36 attach_copy fentry_c',
    ]);
  });

  test('expects the outcomes of the story, step by step', async () => {
    const script = (await files(dies())).get('ftrace-dies-isn-t-it.sh')!;
    expect(script).toContain(`echo 1..3
printf '%s\\n' '# ftrace dies, isn'\\''t it'
step 'enable livepatch' '0; 1: (1) .I. - ran patched; 2: (0) ... - ran original'
step 'attach fentry' '0; 1: (2) RID bpf ran patched,fentry; 2: (0) ... - ran original'
step 'attach fexit' '0; DEAD'
`);
    expect((await files(dangles())).get('dangles.sh')).toContain(
      `step 'unregister kprobe Q' '0; WARN; 1: (1) R.. - ran original,Q; 2: (0) ... - ran original'`,
    );
  });

  test('at the end removes everything that is left, in reverse order', async () => {
    const script = (await files(clients('default', 'left', P_THEN_Q.slice(0, 2)))).get('left.sh')!;
    expect(script).toContain("for action in 'unregister kprobe Q' 'unregister kprobe P'; do");
    expect((await files(both())).get('both.sh')).not.toContain('for action in');
    const refused = clients('default', 'refused', ['enable livepatch', 'register kprobe Q']);
    expect((await files(refused)).get('refused.sh')).toContain(
      "for action in 'disable livepatch'; do",
    );
  });

  test('requires only the parts in the story, and names those that make must skip', async () => {
    const script = (await files(dangles())).get('dangles.sh')!;
    expect(script).toContain('clients="P Q"');
    expect(script).toContain('for file in probes.ko; do');
    expect(script).not.toMatch(/livepatch|bpftool|wait_for|tracer\)|fentry/);
    expect((await files(dies())).get('ftrace-dies-isn-t-it.sh')).toContain(
      'clients="fentry fexit"',
    );
    const plain = (await files(clients('default', 'p', ['register kprobe P']))).get('p.sh')!;
    expect(plain).not.toMatch(/\.ko|bpftool|after make/);
  });

  test('is valid shell', async () => {
    const many = clients('fentry=1,many=1', 'many', ['attach fentry', 'attach fentry.many']);
    for (const story of [dies(), dangles(), both(), many])
      for (const [name, text] of await files(story)) {
        if (!name.endsWith('.sh')) continue;
        expect(spawnSync('sh', ['-n'], { input: text }).status).toBe(0);
        expect(spawnSync('sh', ['-n'], { input: text.replace('esac', '') }).status).not.toBe(0);
      }
  });
});

describe('beside the scripts', () => {
  test('are only the files that their stories need', async () => {
    const names = async (...some: readonly Promise<DesignPaths>[]) => [
      ...(await files(...some)).keys(),
    ];
    expect(await names(clients('default', 'p', ['register kprobe P']))).toEqual([
      'p.sh',
      'README.md',
    ]);
    expect(await names(dangles())).toEqual(['dangles.sh', 'probes.c', 'Makefile', 'README.md']);
    expect(await names(clients('sample', 's', ['attach fentry', 'load sample']))).toEqual([
      ...['s.sh', 'sample.c', 'fentry.bpf.c', 'attach.c', 'Makefile', 'README.md'],
    ]);
    expect(await names(dangles(), both())).toEqual([
      ...['dangles.sh', 'both.sh', 'patch.c', 'probes.c', 'Makefile', 'README.md'],
    ]);
  });

  test('the Makefile builds them', async () => {
    const makefile = (await files(dies())).get('Makefile')!;
    expect(makefile).toContain('obj-m := patch.o\n');
    expect(makefile).toContain('all: modules fentry.bpf.o fexit.bpf.o attach\n');
    expect((await files(dangles())).get('Makefile')).not.toMatch(/clang|attach/);
  });

  test('the module has the probes of all stories, and the livepatch the functions of the scope', async () => {
    const overrides = clients('override', 'o', ['register kprobe O', 'register kprobe R']);
    const probes = (await files(overrides)).get('probes.c')!;
    expect(probes).toContain(
      'PROBE(O, "cmdline_proc_show", override, nothing);\nPROBE(R, "version_proc',
    );
    expect((await files(dangles())).get('probes.c')).not.toContain('overridden');
    expect((await files(dies())).get('patch.c')).not.toContain('version_proc_show');
    expect((await files(both())).get('patch.c')).toContain('.old_name = "version_proc_show"');
  });
});

describe('refuses paths of another kind', () => {
  const growth = () => pathsOfDesign('linux-6.12', 'records=1,tracer=1', 'calls', ['add T 1']);
  test('calls of ftrace by sh', async () => {
    await expect(filesOf(format, await growth())).rejects.toThrow(
      'RW330: --to sh is for administrator actions, such as those of clients@linux-6.12, and linux-6.12 has none: type --to c, --to tc, --to json or --to story',
    );
    const { head, paths } = await dies();
    const { scope: _, ...own } = { ...head, design: 'shop' };
    await expect(filesOf(format, { head: own, paths })).rejects.toThrow(
      'shop has none: type --to json or --to story',
    );
  });

  test.each([
    ['c', c],
    ['tc', tc],
  ])('clients by %s', async (to, other) => {
    await expect(filesOf(other, await dies())).rejects.toThrow(
      `RW330: --to ${to} is for calls of ftrace's own functions; clients@linux-6.1 has administrator actions: type --to sh, --to json or --to story`,
    );
  });
});
