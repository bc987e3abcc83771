import { describe, expect, test } from 'vitest';
import { kernelFixes } from '../../machines/clients/kernelFixes.js';
import { clientScopes } from '../../machines/clients/scopes.js';
import { clientRules } from '../../src/cli/shared/registry.js';
import { storySteps } from '../../src/cli/shared/render/storyLines.js';
import { Walk } from '../../src/explorer/walk.js';
import { CompiledSystem } from '../../src/interpret/compiledSystem.js';
import { check } from '../../src/search/check.js';
import { everyNth } from '../effort.js';
import { bruteForce } from '../networks/bruteForce.js';
import { clients } from './clientNetworks.js';
import { countsOf } from './countsOf.js';
import { clientCounts, counted } from './golden.js';

const rules = await clientRules();

/** The outcomes of a story, one line each. */
async function outcomes(design: string, scope: string, calls: readonly string[]) {
  const network = await clients(design, scope);
  const path = calls.map((call) =>
    network.stimuli.findIndex(({ description }) => description === call),
  );
  expect(path).not.toContain(-1);
  return storySteps(new CompiledSystem(network), path).map(({ outcome }) => outcome.join('; '));
}

test('every version has counts, and those with a Debian kernel in every named scope', () => {
  expect(Object.keys(clientCounts)).toEqual(Object.keys(kernelFixes));
  for (const [design, scopes] of Object.entries(clientCounts))
    if (design !== 'linux-6.0')
      expect(Object.keys(scopes).sort(), design).toEqual(Object.keys(clientScopes).sort());
});

describe.each(counted(clientCounts))('clients@$design in scope $scope', ({ design, scope }) => {
  test('has these counts, and breaks exactly these rules by stories of these lengths', {
    timeout: 600_000,
  }, async () => {
    const { check: _, ...found } = await countsOf(await clients(design, scope));
    expect(found).toEqual({ findings: {}, ...clientCounts[design]![scope]! });
  });
});

test.each(everyNth(3, Object.keys(kernelFixes)))(
  'clients@%s equals the brute-force explorer, which runs XState for every step',
  { timeout: 600_000 },
  async (design) => {
    for (const scope of [
      'fentry=1,fexit=1,livepatch=1,kprobe=1,elsewhere=1',
      'override=1,kprobe=1,fexit=1,elsewhere=1,livepatch=2',
      'sample=1,post=1,elsewhere=1,tracer=1,fentry=1',
      'sample=2,rival=1,event=1',
      'livepatch=1,second=1,transition=1,fexit=1',
    ]) {
      const { states, transitions, depth } = (await check(await clients(design, scope, [])))
        .exploration;
      expect({ states, transitions, depth }).toEqual(bruteForce(await clients(design, scope, [])));
    }
  },
);

test('every rule is broken by a version in a counted scope, or by the twin below', () => {
  const broken = new Set(
    Object.values(clientCounts).flatMap((scopes) =>
      Object.values(scopes).flatMap((counted) => Object.keys(counted.broken)),
    ),
  );
  expect(rules.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual(['can-be-together']);
});

test('if every kprobe has IPMODIFY, none can be on a livepatched function', async () => {
  const together = rules.filter(({ id }) => id === 'can-be-together');
  const { rules: judged } = await check(
    await clients('linux-6.12', 'small', together, { alwaysIpmodify: true }),
  );
  expect(judged[0]!.missed).toEqual(['a kprobe without a post_handler on a livepatched function']);
});

test.each([
  ['small', []],
  ['kprobe=2', ['fentry on', 'a kprobe']],
  ['livepatch=1,kprobe=1', ['fentry on']],
  // There a probe with a post_handler must be refused.
  ['livepatch=1,fexit=1,fentry=1,post=2,elsewhere=1', ['a kprobe']],
  ['fentry=1,kprobe=1', ['fentry on', 'a kprobe']],
])('scope %s has no clients for the goals %j', async (scope, goals) => {
  const together = rules.filter(({ id }) => id === 'can-be-together');
  const [judged] = (await check(await clients('linux-6.12', scope, together))).rules;
  const { verdict, missed, outOfScope = [] } = judged!;
  expect(outOfScope.map((goal) => goal.split(' ').slice(0, 2).join(' '))).toEqual(goals);
  expect({ verdict, missed }).toEqual({
    verdict: goals.length === 2 ? 'out of scope' : 'holds',
    missed: undefined,
  });
});

test.each([
  // Exclusive in either order.
  ['default', ['register kprobe Q', 'enable livepatch'], []],
  ['default', ['enable livepatch', 'register kprobe Q'], []],
  ['default', ['enable livepatch', 'register kprobe P', 'attach fexit'], []],
  ['sample', ['load sample', 'attach fentry', 'register kprobe P', 'enable livepatch'], []],
  ['sample', ['attach fentry', 'load sample', 'register kprobe Q', 'enable livepatch'], []],
  ['both', ['register kprobe R', 'enable livepatch', 'register kprobe Q'], []],
  // The core selects the ops of a function at the first probe, and keeps it.
  ['default', ['register kprobe P', 'register kprobe Q', 'enable livepatch'], ['enable livepatch']],
  [
    'default',
    ['enable livepatch', 'register kprobe P', 'register kprobe Q'],
    ['register kprobe Q'],
  ],
  [
    'default',
    ['register kprobe Q', 'register kprobe P', 'unregister kprobe Q', 'enable livepatch'],
    ['enable livepatch'],
  ],
  ['sample', ['register kprobe P', 'register kprobe Q', 'load sample'], ['load sample']],
  ['probes', ['register kprobe Q', 'disable kprobe Q', 'enable livepatch'], []],
  ['probes', ['register kprobe Q', 'disable kprobe Q', 'enable livepatch', 'enable kprobe Q'], []],
  ['sysctl', ['ftrace_enabled 0', 'enable livepatch', 'ftrace_enabled 1', 'enable livepatch'], []],
  ['sysctl', ['enable livepatch', 'ftrace_enabled 0'], []],
])('order-does-not-matter, scope %s: %j', async (scope, story, broken) => {
  const which = rules.filter(({ id }) => id === 'order-does-not-matter');
  const network = await clients('linux-6.12', scope, which);
  const numbers = story.map((call) =>
    network.stimuli.findIndex(({ description }) => description === call),
  );
  const steps = new Walk(network).stepsOf(numbers);
  expect(steps.map(({ call }) => call)).toEqual(story);
  expect(steps.flatMap((step) => (step.broken.length > 0 ? [step.call] : []))).toEqual(broken);
});

test('a rule has one predicate, a description and a source', () => {
  for (const { id, description, source, ...rest } of rules) {
    expect(description, id).toMatch(/^[A-Z].*\.$/);
    expect(source.length, id).toBeGreaterThan(10);
    expect(Object.keys(rest).length, id).toBe(1);
  }
});

/** Stories of known behavior: compare each with the sources named. */
describe('stories of BPF programs', () => {
  test('livepatch, fentry, fexit: modify asks, and 6.1 then clears func of the registered ops (3e9a18e1c3e9 without 56b3c85e153b)', async () => {
    const calls = ['enable livepatch', 'attach fentry', 'attach fexit'];
    const begin = [
      '0; 1: (1) .I. - ran patched; 2: (0) ... - ran original',
      '0; 1: (2) RID bpf ran patched,fentry; 2: (0) ... - ran original',
    ];
    expect(await outcomes('linux-6.0', 'small', calls)).toEqual([
      ...begin,
      '0; 1: (2) RID bpf ran original,fentry,fexit; 2: (0) ... - ran original',
    ]);
    expect(await outcomes('linux-6.1', 'small', calls)).toEqual([...begin, '0; DEAD']);
    expect(await outcomes('linux-6.12', 'small', calls)).toEqual([
      ...begin,
      '0; 1: (2) RID bpf ran patched,fentry,fexit; 2: (0) ... - ran original',
    ]);
  });

  test('fentry, livepatch, fexit: the trampoline was asked before and shares, so fexit calls the patched body on all', async () => {
    for (const design of Object.keys(kernelFixes)) {
      const calls = ['attach fentry', 'enable livepatch', 'attach fexit'];
      expect((await outcomes(design, 'small', calls)).at(-1)).toBe(
        '0; 1: (2) RID bpf ran patched,fentry,fexit; 2: (0) ... - ran original',
      );
    }
  });

  test('a trampoline keeps SHARE while a program is loaded and was never attached, not while one is detached', async () => {
    const share = ['enable livepatch', 'load fexit', 'attach fexit', 'detach fexit'];
    const again = ['attach fentry', 'attach fexit'];
    const last = async (...calls: string[]) =>
      (await outcomes('linux-6.1', 'programs', [...calls, ...again])).at(-1);
    expect(await last('load fentry', ...share)).toBe(
      '0; 1: (2) RID bpf ran patched,fentry,fexit; 2: (0) ... - ran original',
    );
    expect(await last(...share, 'load fentry')).toBe('0; DEAD');
  });

  test('a link keeps a program that was unloaded, until detach', async () => {
    const calls = ['load fentry', 'attach fentry', 'unload fentry', 'detach fentry'];
    expect((await outcomes('linux-6.12', 'programs', calls)).slice(-2)).toEqual([
      '0; 1: (1) R.D bpf ran original,fentry; 2: (0) ... - ran original',
      '0; 1: (0) ... - ran original; 2: (0) ... - ran original',
    ]);
  });

  test('on 7.x a program is refused because of the trampoline of another function', async () => {
    const calls = ['attach fentry', 'attach fexit2', 'register kprobe Q', 'register kprobe R'];
    const last = async (design: string) =>
      (await outcomes(design, 'functions', [...calls, 'attach fexit'])).at(-1);
    const second = '2: (2) RID bpf ran original,fexit2,R';
    expect(await last('linux-6.12')).toBe(
      `0; 1: (2) RID bpf ran original,fentry,fexit,Q; ${second}`,
    );
    for (const design of ['linux-7.2', 'linux-7.3'])
      expect(await last(design)).toBe(
        '-EBUSY; WARN; 1: (2) RID bpf ran original,fentry,Q; 2: (2) RID bpf(jmp) ran original,fexit2,R',
      );
  });

  test('on 7.x a detach fails for the same reason: WARN, but the program is detached', async () => {
    const calls = ['attach fexit', 'attach fentry2', 'attach fexit2', 'register kprobe R'];
    const more = ['register kprobe Q', 'detach fentry2'];
    const first = '1: (2) RID bpf(jmp) ran original,fexit,Q';
    expect((await outcomes('linux-7.3', 'functions', [...calls, ...more])).slice(-2)).toEqual([
      `0; ${first}; 2: (2) RID bpf ran original,fentry2,fexit2,R`,
      `0; WARN; ${first}; 2: (2) RID bpf ran original,fexit2,R`,
    ]);
  });

  test('fexit.multi is refused on a livepatched function, and accepted before the livepatch', async () => {
    const scope = 'multi=2,livepatch=1';
    const livepatched = ['enable livepatch', 'attach fexit.multi', 'attach fentry.multi'];
    expect(await outcomes('linux-7.3', scope, livepatched)).toEqual([
      '0; 1: (1) .I. - ran patched; 2: (0) ... - ran original',
      '-EAGAIN; 1: (1) .I. - ran patched; 2: (0) ... - ran original',
      '0; 1: (2) RID bpf ran patched,fentry.multi; 2: (1) R.D bpf ran original,fentry.multi',
    ]);
    expect(
      (await outcomes('linux-7.3', scope, ['attach fexit.multi', 'enable livepatch'])).at(-1),
    ).toBe(
      '0; 1: (2) RID bpf ran patched,fexit.multi; 2: (1) R.D bpf(jmp) ran original,fexit.multi',
    );
  });

  test('a refused fexit.multi leaves no program and no SHARE behind, on either function', async () => {
    const calls = ['attach fentry2', 'enable livepatch', 'attach fexit.multi'];
    const after = ['disable livepatch', 'attach fexit.multi'];
    expect(
      await outcomes('linux-7.3', 'fentry=2,multi=2,livepatch=1', [...calls, ...after]),
    ).toEqual([
      '0; 1: (0) ... - ran original; 2: (1) R.D bpf ran original,fentry2',
      '0; 1: (1) .I. - ran patched; 2: (1) R.D bpf ran original,fentry2',
      '-EAGAIN; 1: (1) .I. - ran patched; 2: (1) R.D bpf ran original,fentry2',
      '0; 1: (0) ... - ran original; 2: (1) R.D bpf ran original,fentry2',
      '0; 1: (1) R.D bpf(jmp) ran original,fexit.multi; 2: (1) R.D bpf(jmp) ran original,fentry2,fexit.multi',
    ]);
  });

  test('detach of a multi program panics 7.x if ftrace refuses the image of a function that keeps another', async () => {
    const probes = ['register kprobe R', 'register kprobe Q'];
    const calls = ['attach fexit', 'attach fentry.multi', ...probes, 'detach fentry.multi'];
    const seen = await outcomes('linux-7.3', 'multi', calls);
    expect(seen.at(-1)).toBe('PANIC');
    // Without the probe on function 1 ftrace asks nobody.
    const without = calls.filter((call) => call !== 'register kprobe Q');
    expect((await outcomes('linux-7.3', 'multi', without)).at(-1)).toBe(
      '0; 1: (1) R.D bpf(jmp) ran original,fexit; 2: (1) RI. - ran original,R',
    );
  });

  test('kernels before 7.2 know no multi program', async () => {
    expect(await outcomes('linux-6.12', 'multi=1,load=1', ['attach fentry.multi'])).toEqual([
      '-EINVAL; 1: (0) ... - ran original; 2: (0) ... - ran original',
    ]);
    expect(await outcomes('linux-6.12', 'multi=1,load=1', ['load fentry.multi'])).toEqual([
      '-EINVAL; 1: (0) ... - ran original; 2: (0) ... - ran original',
    ]);
  });

  test('alike programs run newest first, and a refused one leaves their order as it was', async () => {
    const calls = ['attach fentry', 'attach fentry.second', 'detach fentry', 'attach fentry'];
    const ran = async (...more: string[]) =>
      (await outcomes('linux-6.12', 'bpf', [...calls, ...more])).map(
        (outcome) => /ran ([^;]*)/.exec(outcome)![1],
      );
    expect((await ran('attach fexit', 'attach fexit.second')).slice(1)).toEqual([
      'original,fentry.second,fentry',
      'original,fentry.second',
      'original,fentry,fentry.second',
      'original,fentry,fentry.second,fexit',
      'original,fentry,fentry.second,fexit.second,fexit',
    ]);
  });

  test.each([
    ['linux-6.12', ['0', '0', '-E2BIG']],
    ['linux-7.3', ['-E2BIG', '-E2BIG', '-E2BIG']],
  ])('a trampoline of %s beside 36 programs takes the next three: %j', async (design, errnos) => {
    const calls = ['attach fentry.many', 'attach fentry', 'attach fexit', 'attach fentry.second'];
    const seen = await outcomes(design, 'full', calls);
    expect(seen.slice(1).map((outcome) => outcome.split(';')[0])).toEqual(errnos);
  });

  test('an attached program on a full trampoline is one too many, before it is attached already', async () => {
    const full = ['load fentry', 'load fentry.many', 'attach fentry', 'attach fentry.many'];
    const last = async (...calls: string[]) =>
      (await outcomes('linux-6.12', 'fentry=1,fexit=1,many=1,load=1', calls)).at(-1)!.split(';')[0];
    expect(await last(...full, 'attach fentry')).toBe('-EBUSY');
    expect(await last(...full, 'load fexit', 'attach fexit', 'attach fentry')).toBe('-E2BIG');
  });

  test('a kprobe_multi link is a plain ops, with registers until 7.2, and unknown to 6.1', async () => {
    const outcome = async (design: string) =>
      (await outcomes(design, 'fprobe', ['attach kprobe.multi']))[0];
    const idle = '2: (0) ... - ran original';
    expect(await outcome('linux-6.1')).toBe(`-EOPNOTSUPP; 1: (0) ... - ran original; ${idle}`);
    expect(await outcome('linux-6.12')).toBe(`0; 1: (1) R.. - ran original,kprobe.multi; ${idle}`);
    expect(await outcome('linux-7.3')).toBe(`0; 1: (1) ... - ran original,kprobe.multi; ${idle}`);
  });

  test('a function takes one sample, and each of two functions has its own', async () => {
    const calls = ['load sample', 'load rival', 'load sample2', 'attach fentry', 'unload sample'];
    const first = '1: (1) R.D sample ran original,sample';
    const both = `${first}; 2: (1) R.D sample2 ran original,sample2`;
    const idle = '(0) ... - ran original';
    expect(await outcomes('linux-6.12', 'samples', [...calls, 'load rival'])).toEqual([
      `0; ${first}; 2: ${idle}`,
      `-EBUSY; ${first}; 2: ${idle}`,
      `0; ${both}`,
      `-EBUSY; ${both}`,
      `0; 1: ${idle}; 2: (1) R.D sample2 ran original,sample2`,
      '0; 1: (1) R.D rival ran original,rival; 2: (1) R.D sample2 ran original,sample2',
    ]);
  });

  test('beside the sample a BPF program is refused with -EBUSY, on 7.x with -EINVAL', async () => {
    const calls = ['load sample', 'attach fentry'];
    const refusal = '1: (1) R.D sample ran original,sample; 2: (0) ... - ran original';
    expect((await outcomes('linux-6.12', 'sample', calls))[1]).toBe(`-EBUSY; ${refusal}`);
    expect((await outcomes('linux-7.3', 'sample', calls))[1]).toBe(`-EINVAL; ${refusal}`);
  });
});

describe('stories of probes', () => {
  test('on 7.x register_kprobe() returns 0 for a probe that ftrace refused', async () => {
    const calls = ['load sample', 'register kprobe Q'];
    const sample = '1: (1) R.D sample ran original,sample; 2: (0) ... - ran original';
    expect((await outcomes('linux-6.12', 'sample', calls))[1]).toBe(`-EBUSY; ${sample}`);
    expect((await outcomes('linux-7.3', 'sample', calls))[1]).toBe(`0; ${sample}`);
  });

  test('a probe with a post_handler joins others without one, and the kernel disarms the wrong ops', async () => {
    const names = ['register kprobe P', 'register kprobe Q', 'unregister kprobe P'];
    const calls = ['register kprobe R', ...names, 'unregister kprobe Q'];
    expect((await outcomes('linux-6.12', 'default', calls)).slice(-2)).toEqual([
      '0; 1: (1) R.. - ran original,Q; 2: (1) RI. - ran original,R',
      '0; WARN; 1: (1) R.. - ran original,Q; 2: (0) ... - ran original',
    ]);
  });

  test('a refused probe leaves its post_handler to the aggregate (register_aggr_kprobe())', async () => {
    const last = async (...calls: string[]) =>
      (await outcomes('linux-6.12', 'probes', calls)).at(-1)!.split(';')[0];
    const before = ['enable livepatch', 'register event E'];
    expect(await last(...before, 'enable event E')).toBe('0');
    expect(await last(...before, 'register kprobe Q')).toBe('-EBUSY');
    expect(await last(...before, 'register kprobe Q', 'enable event E')).toBe('-EBUSY');
    // The post_handler goes with the last probe.
    const again = ['remove event E', 'register event E', 'enable event E'];
    expect(await last(...before, 'register kprobe Q', ...again)).toBe('0');
    // An armed aggregate takes the probe without a question.
    expect(await last(...before, 'enable event E', 'register kprobe Q')).toBe('0');
  });

  test('disable_kprobe() reports that it disarmed the wrong ops, disable_trace_kprobe() does not', async () => {
    const armed = ['register kprobe P', 'register kprobe Q', 'unregister kprobe P'];
    const last = async (...calls: string[]) =>
      (await outcomes('linux-6.12', 'probes', [...armed, ...calls])).at(-1);
    const idle = '2: (0) ... - ran original';
    expect(await last('disable kprobe Q')).toBe(
      `-ENOENT; WARN; 1: (1) R.. - ran original,Q; ${idle}`,
    );
    const event = ['register event E', 'enable event E', 'unregister kprobe Q', 'disable event E'];
    expect(await last(...event)).toBe(`0; WARN; 1: (1) R.. - ran original,E; ${idle}`);
  });

  test('tracefs removes no enabled event (unregister_trace_kprobe()), and a kretprobe is not hit once it is unregistered', async () => {
    const last = async (...calls: string[]) =>
      (await outcomes('linux-6.12', 'probes', calls)).at(-1);
    const idle = '2: (0) ... - ran original';
    expect(await last('register event E', 'enable event E', 'remove event E')).toBe(
      `-EBUSY; 1: (1) R.. - ran original,E; ${idle}`,
    );
    const armed = ['register kretprobe K', 'register kprobe Q', 'unregister kprobe Q'];
    expect(await last(...armed, 'unregister kretprobe K')).toBe(
      `0; WARN; 1: (1) R.. - ran original; ${idle}`,
    );
  });

  test('probes that are all disabled leave their function alone', async () => {
    const calls = ['register event E', 'enable event E', 'register kretprobe K'];
    calls.push('disable event E', 'unregister kretprobe K', 'enable event E');
    const idle = '2: (0) ... - ran original';
    expect(await outcomes('linux-6.12', 'probes', calls)).toEqual([
      `0; 1: (0) ... - ran original; ${idle}`,
      `0; 1: (1) R.. - ran original,E; ${idle}`,
      `0; 1: (1) R.. - ran original,E,K; ${idle}`,
      `0; 1: (1) R.. - ran original,K; ${idle}`,
      `0; 1: (0) ... - ran original; ${idle}`,
      `0; 1: (1) R.. - ran original,E; ${idle}`,
    ]);
  });
});

describe('stories of livepatches, tracers and several clients', () => {
  test('further livepatches join the ops of a function, and a replacement takes all others away', async () => {
    const calls = ['enable livepatch', 'enable livepatch2', 'register kprobe R'];
    calls.push('disable livepatch', 'enable livepatch', 'enable replacement');
    const idle = (number: number) => `${number}: (0) ... - ran original`;
    expect(await outcomes('linux-6.12', 'livepatches', calls)).toEqual([
      '0; 1: (1) .I. - ran patched; 2: (1) .I. - ran patched',
      '0; 1: (1) .I. - ran patched2; 2: (1) .I. - ran patched',
      '-EBUSY; 1: (1) .I. - ran patched2; 2: (1) .I. - ran patched',
      `0; 1: (1) .I. - ran patched2; ${idle(2)}`,
      '0; 1: (1) .I. - ran patched; 2: (1) .I. - ran patched',
      `0; ${idle(1)}; 2: (1) .I. - ran replaced`,
    ]);
    // A replacement that is refused leaves the others as they are.
    const refused = ['register kprobe R', 'enable livepatch2', 'enable replacement'];
    expect((await outcomes('linux-6.12', 'livepatches', refused)).at(-1)).toBe(
      '-EBUSY; 1: (1) .I. - ran patched2; 2: (1) RI. - ran original,R',
    );
  });

  test('a sleeper holds up the livepatch above its body, which disable reverses and force completes', async () => {
    const begin = ['enable livepatch', 'sleep in 1', 'enable livepatch2'];
    const busy = [
      'disable livepatch',
      'enable replacement',
      'force livepatch',
      're-enable livepatch',
    ];
    const idle = '2: (0) ... - ran original';
    const both = 'livepatch2: patching; sleeper: in livepatch';
    const pending = `${both}; 1: (1) .I. - ran patched2; ${idle}`;
    expect(await outcomes('linux-6.12', 'transitions', [...begin, ...busy])).toEqual([
      `0; 1: (1) .I. - ran patched; ${idle}`,
      `0; sleeper: in livepatch; 1: (1) .I. - ran patched; ${idle}`,
      `0; ${pending}`,
      `-EBUSY; ${pending}`,
      `-EBUSY; ${pending}`,
      `-EINVAL; ${pending}`,
      `-EINVAL; ${pending}`,
    ]);
    const last = async (...calls: string[]) =>
      (await outcomes('linux-6.12', 'transitions', [...begin, ...calls])).at(-1);
    expect(await last('disable livepatch2')).toBe(
      `0; sleeper: in livepatch; 1: (1) .I. - ran patched; ${idle}`,
    );
    expect(await last('force livepatch2')).toBe(
      `0; sleeper: in livepatch; 1: (1) .I. - ran patched2; ${idle}`,
    );
    expect(await last('wake')).toBe(`0; 1: (1) .I. - ran patched2; ${idle}`);
  });

  test('a livepatch that is disabled by force stays in memory, and cannot be enabled again', async () => {
    const calls = ['enable livepatch', 'sleep in 1', 'disable livepatch', 'enable livepatch'];
    const idle = '(0) ... - ran original';
    const kept = `livepatch: stays; sleeper: in livepatch; 1: ${idle}; 2: ${idle}`;
    const pending = `livepatch: unpatching; sleeper: in livepatch; 1: (1) .I. - ran original; 2: ${idle}`;
    const more = ['disable livepatch', 'force livepatch', 'enable livepatch'];
    expect((await outcomes('linux-6.12', 'transitions', [...calls, ...more])).slice(2)).toEqual([
      `0; ${pending}`,
      `-EEXIST; ${pending}`,
      `-EINVAL; ${pending}`,
      `0; ${kept}`,
      `-EEXIST; ${kept}`,
    ]);
  });

  test('a replacement keeps the functions of the others original until its transition ends', async () => {
    const calls = ['enable livepatch', 'sleep in 1', 'enable replacement'];
    const begin = async (...more: string[]) =>
      (await outcomes('linux-6.12', 'transitions', [...calls, ...more])).at(-1);
    const patched = '2: (1) .I. - ran replaced';
    expect(await begin()).toBe(
      `0; replacement: patching; sleeper: in livepatch; 1: (1) .I. - ran original; ${patched}`,
    );
    expect(await begin('wake')).toBe(`0; 1: (0) ... - ran original; ${patched}`);
    expect(await begin('force replacement')).toBe(
      `0; livepatch: stays; sleeper: in livepatch; 1: (0) ... - ran original; ${patched}`,
    );
    expect(await begin('disable replacement')).toBe(
      '0; sleeper: in livepatch; 1: (1) .I. - ran patched; 2: (0) ... - ran original',
    );
  });

  test('fexit makes the stack of the sleeper unreliable, also once it is detached', async () => {
    const calls = ['enable livepatch', 'enable livepatch2', 'attach fexit', 'sleep in 1'];
    const last = async (...more: string[]) =>
      (await outcomes('linux-6.12', 'transitions', more)).at(-1);
    expect(await last(...calls, 'detach fexit', 'disable livepatch')).toContain(
      'livepatch: unpatching',
    );
    const without = calls.filter((call) => call !== 'attach fexit');
    expect(await last(...without, 'attach fexit', 'disable livepatch')).not.toContain('unpatching');
  });

  test('an instance has one tracer at a time, and two instances trace beside each other', async () => {
    const calls = ['start graph', 'start instance', 'stop graph', 'start tracer', 'stop instance'];
    expect(await outcomes('linux-6.12', 'tracers', calls)).toEqual([
      '0; 1: (1) ... - ran original,graph; 2: (1) ... - ran original,graph',
      '0; 1: (2) ... - ran original,graph,instance; 2: (1) ... - ran original,graph',
      '0; 1: (1) ... - ran original,instance; 2: (0) ... - ran original',
      '0; 1: (2) ... - ran original,tracer,instance; 2: (1) ... - ran original,tracer',
      '0; 1: (1) ... - ran original,tracer; 2: (1) ... - ran original,tracer',
    ]);
  });

  test('a probe behind the entry shows in no line of ftrace, and is hit with the original body only', async () => {
    const calls = ['register kprobe M', 'enable livepatch', 'attach fexit', 'disable livepatch'];
    const idle = '2: (0) ... - ran original';
    expect(await outcomes('linux-6.12', 'middle', calls)).toEqual([
      `0; 1: (0) ... - ran original,M; ${idle}`,
      `0; 1: (1) .I. - ran patched; ${idle}`,
      `0; 1: (2) RID bpf ran patched,fexit; ${idle}`,
      `0; 1: (1) R.D bpf ran original,fexit,M; ${idle}`,
    ]);
  });

  test('the filter of an IPMODIFY ops grows, and no owner is asked: fexit calls the body that O replaced', async () => {
    const last = async (...calls: string[]) =>
      (await outcomes('linux-6.12', 'override', calls)).at(-1);
    expect(await last('attach fexit', 'register kprobe O')).toBe(
      '0; 1: (2) RID bpf ran overridden,fexit,O; 2: (0) ... - ran original',
    );
    expect(await last('register kprobe R', 'attach fexit', 'register kprobe O')).toBe(
      '0; 1: (2) RID bpf ran original,fexit,O; 2: (1) RI. - ran original,R',
    );
  });

  test('a direct ops without an owner excludes probes with a post_handler, unless there is one elsewhere', async () => {
    const last = async (...calls: string[]) =>
      (await outcomes('linux-6.12', 'sample', calls)).at(-1);
    expect(await last('load sample', 'register kprobe Q')).toBe(
      '-EBUSY; 1: (1) R.D sample ran original,sample; 2: (0) ... - ran original',
    );
    expect(await last('register kprobe R', 'load sample', 'register kprobe Q')).toBe(
      '0; 1: (2) RID sample ran original,Q,sample; 2: (1) RI. - ran original,R',
    );
  });

  test('a livepatch and ftrace_enabled = 0 exclude each other, as is_permanent_ops_registered() says', async () => {
    const calls = ['ftrace_enabled 0', 'enable livepatch', 'ftrace_enabled 1', 'enable livepatch'];
    const idle = '1: (0) ... - ran original; 2: (0) ... - ran original';
    const patched = '1: (1) .I. - ran patched; 2: (0) ... - ran original';
    expect(await outcomes('linux-6.12', 'sysctl', [...calls, 'ftrace_enabled 0'])).toEqual([
      `0; ${idle}`,
      `-EBUSY; ${idle}`,
      `0; ${idle}`,
      `0; ${patched}`,
      `-EBUSY; ${patched}`,
    ]);
  });

  test('a livepatch of two functions that is refused at the second one restores the first', async () => {
    expect(await outcomes('linux-6.12', 'both', ['register kprobe R', 'enable livepatch'])).toEqual(
      [
        '0; 1: (0) ... - ran original; 2: (1) RI. - ran original,R',
        '-EBUSY; 1: (0) ... - ran original; 2: (1) RI. - ran original,R',
      ],
    );
  });
});

test('only the action call calls the functions, so a state between two actions shows', async () => {
  const scope = 'fentry=1,fexit=1,livepatch=1,call=1';
  const calls = ['enable livepatch', 'attach fentry', 'attach fexit', 'call'];
  expect(await outcomes('linux-6.1', scope, calls)).toEqual([
    '0; 1: (1) .I. -; 2: (0) ... -',
    '0; 1: (2) RID bpf; 2: (0) ... -',
    '0; 1: (2) RID bpf; 2: (0) ... -',
    '0; DEAD',
  ]);
});

test('on 7.x the trampoline of another name is asked: a livepatch does nothing, or the kernel oopses', async () => {
  const ignored = ['load fexit4', 'attach fexit4', 'load fentry.alias', 'enable livepatch4'];
  const last = async (design: string, calls: readonly string[]) =>
    (await outcomes(design, 'names', calls)).at(-1);
  expect(await last('linux-7.3', ignored)).toMatch(
    /; 4: \(2\) RID bpf\(jmp\) ran original,fexit4$/,
  );
  // Each trampoline has its own ops there.
  expect(await last('linux-6.12', ignored)).toMatch(/; 4: \(2\) RID bpf ran patched,fexit4$/);
  const oopses = [
    ...['load fentry4', 'load fentry.alias', 'load fexit.alias', 'attach fexit.alias'],
    ...['detach fexit.alias', 'attach fentry4', 'enable livepatch4'],
  ];
  expect(await last('linux-7.3', oopses)).toBe('OOPS');
});

test('two names of one function have one direct ops: -EBUSY, on 7.x -EINVAL', async () => {
  const calls = ['load fentry4', 'attach fentry4', 'load fentry.alias', 'attach fentry.alias'];
  const last = async (design: string) => (await outcomes(design, 'names', calls)).at(-1);
  expect(await last('linux-6.12')).toMatch(/^-EBUSY; /);
  expect(await last('linux-7.3')).toMatch(/^-EINVAL; /);
});
