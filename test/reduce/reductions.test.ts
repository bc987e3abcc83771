import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { World } from '../../machines/world.js';
import { CompiledSystem } from '../../src/interpret/compiledSystem.js';
import { play } from '../../src/interpret/play.js';
import type { Network, Rule } from '../../src/model/network.js';
import { PropertyMonitor } from '../../src/properties/propertyMonitor.js';
import { type Check, check } from '../../src/search/check.js';
import { explore } from '../../src/search/explore.js';
import { everyNth, runs } from '../effort.js';
import { network } from '../machines/networks.js';
import { type RandomWorld, randomNetworks } from '../networks/randomNetwork.js';
import { twoPhaseCommit } from '../peers/two-phase-commit.js';

const SLOW = { timeout: 600_000 };

/** Everything that a reduction must not change. */
const summary = ({
  exploration: { states, transitions, complete },
  rules,
  findings,
  vacuity,
}: Check) => ({
  vacuity,
  states,
  transitions,
  complete,
  rules: rules.map(({ rule, verdict, path, missed, classes = [] }) => [
    rule.id,
    verdict,
    path?.length,
    missed,
    new Map(classes.map((one) => [one.name, [one.transitions, one.path?.length]])),
  ]),
  findings: findings.map(({ kind, path }) => [kind, path.length]),
});

/** The used reductions, then the rejected ones. */
const reductions = ({ reductions: all }: Check) => ({
  used: all.filter(({ because }) => because === undefined).length,
  refused: all.filter(({ because }) => because !== undefined),
});

const designs = [
  'exclusive',
  'share-flag',
  'force-ipmodify',
  'proposal',
  'linux-6.0',
  'linux-6.1',
  'linux-6.12',
  'linux-7.0',
];

const scopes = [
  'default',
  'tracers',
  'sysctl',
  'records=3,ipmodify=2,willing=2,inuse=2',
  'records=2,ipmodify=2,willing=1,absent=1,tracer=1',
  'records=2,ipmodify=1,bpf=1,absent=1,refusing=1',
  'records=2,ipmodify=1,willing=1,tracer=1,notrace=1',
];
const cases = designs.flatMap((design) => scopes.map((scope) => [design, scope] as const));

// One more than the number of scopes, so that every design and every scope occurs.
test.each(everyNth(16, cases))(
  '%s, scope %s: counts, verdicts and lengths of stories are the same with reductions',
  SLOW,
  async (design, scope) => {
    const made = await network(design, scope);
    const reduced = await check(made, { reductions: 'on' });
    expect(summary(reduced)).toEqual(summary(await check(made)));
    expect(reductions(reduced).used).toBeGreaterThan(0);
    expect(reduced.exploration.held).toBeLessThanOrEqual(reduced.exploration.states);
  },
);

test('records visited in ascending order only are not symmetric', SLOW, async () => {
  const proposal = await network('proposal', 'records=2,ipmodify=2,willing=1');
  const ascending = (whole: typeof proposal): typeof proposal => ({
    ...whole,
    stimuli: whole.stimuli.filter(({ description }) => !description.endsWith(' 2,1')),
    symmetry: { ...whole.symmetry!, small: () => ascending(whole.symmetry!.small()) },
  });
  const { refused } = reductions(await check(ascending(proposal), { reductions: 'on' }));
  expect(refused).toEqual([
    {
      description: 'symmetry of records',
      because: expect.stringMatching(
        /^1 and 2 exchanged, the calls after ".*register Y .*" have other results/,
      ),
    },
  ]);
  expect(reductions(await check(proposal, { reductions: 'on' })).refused).toEqual([]);
});

test(
  'a story after a search with reductions can be played, and breaks its rule',
  SLOW,
  async () => {
    const made = await network('linux-6.12', 'records=2,ipmodify=2,willing=2,tracer=1');
    const reduced = await check(made, { reductions: 'on' });
    const broken = reduced.rules.filter(({ verdict, path }) => verdict === 'broken' && path);
    expect(broken.length).toBeGreaterThan(3);
    for (const { rule, path } of broken) {
      const description = Array.from(
        play(reduced.compiled, path!),
        ({ stimulus }) => stimulus.description,
      );
      const alone = await check({ ...made, rules: [rule] });
      expect(description.length).toBe(alone.rules[0]!.path!.length);
      // Plays the calls one after the other on a new network.
      const monitor = new PropertyMonitor(
        [rule],
        alone.compiled,
        new Int32Array(alone.compiled.components.length),
      );
      let isViolated = false;
      monitor.before.set(alone.compiled.first);
      for (const call of description) {
        monitor.interpreter.state.set(monitor.before);
        const stimulus = made.stimuli.findIndex((s) => s.description === call);
        expect(monitor.interpreter.step(stimulus)).toBe('quiescence');
        isViolated =
          monitor.step(stimulus).length > 0 ||
          monitor.violatedIn(monitor.label(monitor.interpreter.state)).length > 0;
        monitor.before.set(monitor.interpreter.state);
      }
      expect(isViolated, rule.id).toBe(true);
    }
  },
);

describe('names declared symmetric that are not', () => {
  const symmetric = twoPhaseCommit(3);

  test('a rule that names one member', async () => {
    const rules = [
      {
        id: 'first',
        description: 'the first never gives up',
        source: 'nobody',
        always: ({ managers }: { managers: readonly string[] }) => managers[0] !== 'aborted',
      },
    ];
    const small = () => ({ ...symmetric.symmetry!.small(), rules });
    const done = await check(
      { ...symmetric, rules, symmetry: { ...symmetric.symmetry!, small } },
      { reductions: 'on' },
    );
    expect(reductions(done).refused[0]!.because).toMatch(/a rule distinguishes the state after/);
    expect(done.rules[0]!.verdict).toBe('broken');
  });

  test('a machine that prefers one member', async () => {
    const favoured = (all: Network<{ managers: readonly string[] }>) => ({
      ...all,
      stimuli: all.stimuli.filter(({ description }) => description !== 'manager 2 gives up'),
    });
    const small = () => favoured(symmetric.symmetry!.small() as typeof symmetric);
    const done = await check(
      { ...favoured(symmetric), symmetry: { ...symmetric.symmetry!, small } },
      { reductions: 'on' },
    );
    expect(reductions(done).refused[0]!.because).toMatch(/is never reached|have other results/);
    expect(summary(done)).toEqual(summary(await check(favoured(symmetric))));
  });
});

describe('a small network that is no small version of the network', () => {
  const symmetric = twoPhaseCommit(3);
  type World = { readonly managers: readonly string[] };
  const first = {
    id: 'first',
    description: 'the first never gives up',
    source: 'nobody',
    always: ({ managers }: World) => managers[0] !== 'aborted',
  };
  const rules = [first];
  /** With this small network, the rule about names has the same verdict as without reductions. */
  const refused = async (
    change: (small: Network<World>) => Network<World>,
    network: Network<World> = { ...symmetric, rules },
  ) => {
    const small = () => change({ ...(symmetric.symmetry!.small() as typeof symmetric), rules });
    const plain = await check(network);
    const done = await check(
      { ...network, symmetry: { ...symmetric.symmetry!, small } },
      { reductions: 'on' },
    );
    expect(summary(done)).toEqual(summary(plain));
    return reductions(done).refused[0]!.because;
  };

  test('lacks the rule', async () => {
    expect(await refused(({ rules: _, ...small }) => small)).toBe(
      'the small network does not have the rule first',
    );
  });

  test('has another rule of that id', async () => {
    const other = [{ ...first, always: () => true }];
    expect(await refused((small) => ({ ...small, rules: other }))).toBe(
      'the small network does not have the rule first',
    );
  });

  test('has only one member, or does not declare the kind', async () => {
    const { kinds } = symmetric.symmetry!;
    const one = kinds.map(({ description, members }) => ({
      description,
      members: members.slice(0, 1),
    }));
    for (const kinds of [one, []])
      expect(
        await refused((small) => ({ ...small, symmetry: { ...small.symmetry!, kinds } })),
      ).toBe('the small network has fewer than two members of this kind');
    expect(await refused(({ symmetry: _, ...small }) => small)).toBe(
      'the small network declares no symmetry',
    );
  });

  test('has another isTerminal', async () => {
    expect(await refused((small) => ({ ...small, isTerminal: () => false }))).toBe(
      'the small network has another isTerminal',
    );
  });

  const last = symmetric.symmetry!.kinds[0]!.members[2]!;
  const about = [{ ...first, always: ({ managers }: World) => !managers.includes('aborted') }];

  const whyNot = (change: Partial<typeof symmetric>) =>
    refused((small) => ({ ...small, rules: about }), { ...symmetric, ...change, rules: about });

  test('a member that it lacks has another machine', async () => {
    const components = symmetric.components.map((one) =>
      one.name === last ? { ...one, machine: one.machine.provide({}) } : one,
    );
    expect(await whyNot({ components })).toMatch(new RegExp(`and ${last} have different machines`));
  });

  test('a member that it lacks receives other stimuli', async () => {
    const stimuli = symmetric.stimuli.filter(
      ({ description }) => description !== `${last} gives up`,
    );
    expect(stimuli.length).toBe(symmetric.stimuli.length - 1);
    expect(await whyNot({ stimuli })).toMatch(new RegExp(`and ${last} receive different stimuli`));
  });
});

/** Random rules about one state and one call, so that cached effects have verdicts. */
const rules: Rule<RandomWorld>[] = [
  {
    id: 'never',
    description: 'c0 is never s1/1',
    source: 'chance',
    always: (world) => world.at(0) !== 's1/1',
  },
  {
    id: 'each',
    description: 'none is ever s2/2',
    source: 'chance',
    each: () => [0],
    always: (world, part) => world.at(part as number) !== 's2/2',
  },
  {
    id: 'stays',
    description: 'no call of four words and more changes c0',
    source: 'chance',
    step: ({ emitted, changed }) => emitted.length < 4 || !changed('c0'),
  },
  {
    id: 'back',
    description: 'c0 can come back to s0/0',
    source: 'chance',
    recoverable: (world) => world.at(0) === 's0/0',
  },
];

test('random networks: reductions change nothing', SLOW, async () => {
  await fc.assert(
    fc.asyncProperty(randomNetworks, async (random) => {
      const made = { ...random, rules };
      expect(summary(await check(made, { reductions: 'on' }))).toEqual(summary(await check(made)));
    }),
    runs(50, 500),
  );
});

test('evicted and uncached effects have the same result', SLOW, async () => {
  const counts = async <W>(made: Network<W>, memo?: Parameters<typeof explore>[5]) => {
    const compiled = new CompiledSystem(made);
    const monitor = new PropertyMonitor(
      made.rules ?? [],
      compiled,
      new Int32Array(compiled.components.length),
    );
    const violations: string[] = [];
    const { states, transitions, depth } = await explore(
      compiled,
      monitor,
      {
        violated: (obligations, { from, stimulus }) => {
          for (const obligation of obligations) {
            if (monitor.isReached[obligation]) continue;
            monitor.isReached[obligation] = monitor.obligations[obligation]!.goal !== undefined;
            violations.push(`${obligation} ${from} ${stimulus}`);
          }
        },
        wrongCall: (from, stimulus, { how }) => violations.push(`${how} ${from} ${stimulus}`),
        deadlock: (number) => violations.push(`deadlock ${number}`),
        enough: () => false,
      },
      {},
      undefined,
      memo,
    );
    return { states, transitions, depth, fell: violations };
  };
  const smallCache = { words: 2_000, cells: 100, trial: Number.POSITIVE_INFINITY };
  const shortTrial = { words: 1 << 20, cells: 1 << 20, trial: 3 };
  await fc.assert(
    fc.asyncProperty(randomNetworks, async (random) => {
      const made = { ...random, rules };
      const whole = await counts(made);
      expect(await counts(made, smallCache)).toEqual(whole);
      expect(await counts(made, shortTrial)).toEqual(whole);
    }),
    runs(40, 400),
  );
  const made = await network('linux-6.1', 'tracers');
  const whole = await counts(made);
  expect(whole.states).toBe(3_124);
  expect(await counts(made, smallCache)).toEqual(whole);
  expect(await counts(made, shortTrial)).toEqual(whole);
});

test(
  'rules read no more than they need, so that calls alone decide the merged states',
  SLOW,
  async () => {
    const made = await network('linux-6.12', 'records=2,ipmodify=2,willing=1,absent=1,tracer=2');
    const { held } = (await check(made, { reductions: 'on' })).exploration;
    const bare = await check({ ...made, rules: [] }, { reductions: 'on' });
    expect(held).toBe(bare.exploration.held);
  },
);

test(
  'a call is cached by its own reads and those of step rules, not by those of state rules',
  SLOW,
  async () => {
    const calls = async (rules: (all: readonly Rule<World>[]) => readonly Rule<World>[]) => {
      const made = await network('linux-6.12', 'default');
      let count = 0;
      const counts = {
        id: 'counts',
        description: 'is asked',
        source: 'this test',
        step: () => ++count > 0,
      };
      await check({ ...made, rules: [...rules(made.rules as Rule<World>[]), counts] });
      return count;
    };
    expect(await calls((all) => all.filter(({ step }) => step))).toBe(await calls((all) => all));
  },
);
