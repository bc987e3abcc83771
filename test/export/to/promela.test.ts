import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emit, setup } from 'xstate';
import uploads from '../../../docs/examples/uploads.js';
import { bug } from '../../../machines/bugs/retry-is-busy.js';
import { promela } from '../../../src/export/to/promela.js';
import type { Network, Snapshot } from '../../../src/model/network.js';
import { FairnessGroups } from '../../../src/properties/fairnessGroups.js';
import { check } from '../../../src/search/check.js';
import { network } from '../../machines/networks.js';
import { lone } from '../../networks/lone.js';
import { randomGraphs } from '../../networks/randomGraph.js';
import { randomNetworks } from '../../networks/randomNetwork.js';
import dieHard from '../../peers/die-hard-jugs.js';
import { peterson } from '../../peers/peterson.js';
import { twoPhaseCommit } from '../../peers/two-phase-commit.js';
import { diningPhilosophers } from '../../toys/dining-philosophers.js';
import { echoes } from '../../toys/echoes.js';
import { nested } from '../../toys/nested.js';
import { needsSpin } from '../needsSpin.js';
import { breaksPath, checkedCounts, counted, exported, hasSpin, spin } from '../spin.js';

needsSpin('the cross-check');

const description = (to: string, type: string) => emit({ type, to });

const bank: Network = {
  name: 'bank',
  description: 'a clerk does not look whether the vault is open',
  components: [
    {
      name: 'clerk',
      machine: setup({}).createMachine({ on: { ask: { actions: description('vault', 'open') } } }),
    },
    {
      name: 'vault',
      machine: setup({}).createMachine({
        initial: 'shut',
        states: { shut: { on: { open: 'open' } }, open: {} },
      }),
    },
  ],
  stimuli: [{ to: 'clerk', message: { type: 'ask' }, description: 'ask' }],
  world: () => undefined,
};

const fuse = setup({}).createMachine({
  initial: 'whole',
  states: {
    whole: { on: { load: 'hot' } },
    hot: { on: { load: 'blown', rest: 'whole' } },
    blown: {},
  },
});

/** The story is over when the fuse is blown. */
const fused = lone(fuse, ['load', 'rest'], { isTerminal: ({ value }) => value === 'blown' });

/** Names that are not identifiers in Spin, C or their preprocessor. */
const odd = lone(fuse, ['load', 'rest'], {
  name: 'odd */ /* "names" #1',
  components: ['it', '{', '"', '1', 'do', "it's 100% \\n é"].map((name) => ({
    name,
    machine: fuse,
  })),
  stimuli: ['it', '{', '"', '1', 'do', "it's 100% \\n é"].map((to) => ({
    to,
    message: { type: 'load' },
    description: `/* load */ ${to} "}`,
  })),
  rules: [
    {
      id: 'not "blown" }',
      description: '*/ #define it',
      source: 'made up',
      always: ({ value }) => value !== 'blown',
    },
    {
      id: 'blown',
      description: 'it can blow',
      source: 'made up',
      possible: [{ description: 'never {"}', holds: ({ value }) => value === '\\' }],
    },
  ],
});

const finite = setup({}).createMachine({
  initial: 'whole',
  states: {
    whole: { tags: 'usable', on: { load: 'hot', drop: 'gone' } },
    hot: { tags: 'usable', on: { load: 'blown', drop: 'gone' } },
    blown: { type: 'final', output: 'ash' },
    gone: {},
  },
});

/** Rules read computed fields of a snapshot; one path ends in a final state, another in a deadlock. */
const computed: Network<{ readonly it: Snapshot }> = {
  name: 'computed',
  description: 'a fuse that is done when it is blown',
  components: [{ name: 'it', machine: finite }],
  stimuli: ['load', 'drop'].map((type) => ({ to: 'it', message: { type }, description: type })),
  world: (look) => {
    const seen = look('it');
    return {
      get it() {
        return seen();
      },
    };
  },
  rules: [
    {
      id: 'usable',
      description: 'it is hot only while it is usable',
      source: 'made up',
      always: ({ it }) => !it.matches('hot') || it.hasTag('usable'),
    },
    {
      id: 'no-ash',
      description: 'it never becomes ash',
      source: 'made up',
      always: ({ it }) => it.output !== 'ash',
    },
    {
      id: 'done',
      description: 'it can be done, and it can be loaded',
      source: 'made up',
      possible: [
        { description: 'done', holds: ({ it }) => it.status === 'done' },
        { description: 'loadable', holds: ({ it }) => it.can({ type: 'load' }) },
      ],
    },
  ],
};

const toys: readonly (readonly [string, Network])[] = [
  ['die hard', dieHard as Network],
  ['dining philosophers', diningPhilosophers(4) as Network],
  ['ordered dining philosophers', diningPhilosophers(4, true) as Network],
  ['peterson', peterson(['raise flag', 'give turn']) as Network],
  ['peterson in the wrong order', peterson(['give turn', 'raise flag']) as Network],
  ['two-phase commit', twoPhaseCommit(3) as Network],
  ['hasty two-phase commit', twoPhaseCommit(3, 2) as Network],
  ['unhandled', bank],
  ['livelock', echoes],
  ['a deep nesting that ends', nested(3_001)],
  ['a story that ends', fused as Network],
  ['a story that ends nowhere', { ...fused, isTerminal: () => false } as Network],
  ['a final state', computed as Network],
  ['odd names', odd as Network],
  ['an unfixed bug', bug.before],
  ['the bug fixed', bug.after],
];

describe.runIf(hasSpin)('Spin finds the same as recwalk', () => {
  test.each(toys)('%s', async (_, toy) => {
    expect(counted(spin(await exported(toy)))).toEqual(await checkedCounts(toy));
  });

  test.each(
    ['linux-6.12', 'proposal', 'linux-6.1'].flatMap((design) =>
      ['small', 'default'].map((scope) => [design, scope] as const),
    ),
  )('%s in scope %s', async (design, scope) => {
    const ours = (await network(design, scope)) as Network;
    expect(counted(spin(await exported(ours)))).toEqual(await checkedCounts(ours));
  });

  test.each(
    fc.sample(randomNetworks, { numRuns: 8, seed: 6 }).map((drawn, i) => [i, drawn] as const),
  )('random network %i', async (_, drawn) => {
    const judged = {
      ...drawn,
      rules: [
        {
          id: 'apart',
          description: 'the first and the last are never at the same place after a count',
          source: 'drawn',
          step: ({ before, emitted, after, again }) =>
            before.at(0) === after.at(0) || emitted.length > 0 || again() === undefined,
        },
      ],
    } satisfies typeof drawn as Network;
    expect(counted(spin(await exported(judged)))).toEqual(await checkedCounts(judged));
  });
});

describe.runIf(hasSpin)('every search of Spin', () => {
  test.each([
    [['-DBFS'], []],
    [['-DBFS_PAR', '-DNO_HC'], ['-u2']],
    [['-DBFS_PAR'], ['-u2']],
    [['-DNCORE=2'], ['-m100000']],
    [['-DCOLLAPSE'], ['-m100000']],
  ])('%j has the same result', async (flags, args) => {
    const ours = (await network('exclusive', 'small')) as Network;
    const { printed, ...found } = spin(await exported(ours), flags, args);
    expect(counted(found as never)).toEqual(await checkedCounts(ours));
    expect(printed).toContain('never reached: combinations-are-possible');
  });
});

describe.runIf(hasSpin)('Spin judges rules about whole paths alike', () => {
  /** A call of `go` fails in one state, and `stay` goes on for ever. */
  const stumbling = setup({
    actions: { stumble: emit({ type: 'nobody handles this', to: 'it' }) },
  }).createMachine({
    initial: 'a',
    states: { a: { on: { go: { actions: 'stumble' }, stay: 'a', leave: 'b' } }, b: {} },
  });
  const failing = lone(stumbling, ['go', 'stay', 'leave'], {
    isTerminal: ({ value }) => value === 'b',
    rules: [
      {
        ...{ id: 'leaves', description: 'it leaves', source: 'made up' },
        eventually: ({ value }) => value === 'b',
        fair: { strong: ({ description }) => description },
      },
    ],
  });
  const networks = [
    ['uploads', uploads as Network],
    ['a call that fails', failing as Network],
    ...fc
      .sample(randomGraphs, { numRuns: 12, seed: 11 })
      .map((drawn, i) => [`random graph ${i}`, drawn as Network] as const),
  ] as const;

  test.each(networks)('%s', { timeout: 600_000 }, async (_, network) => {
    const model = await exported(network);
    const { rules, ...found } = await check(network);
    // Spin takes minutes to translate the formula of more groups.
    const short = [...rules.entries()].filter(
      ([, { rule }]) => new FairnessGroups(network.stimuli, rule.fair).groups.length < 3,
    );
    expect(short.map(([i]) => breaksPath(model, i + 1))).toEqual(
      short.map(([, { verdict }]) => verdict === 'broken'),
    );
    const { states, transitions } = found.exploration;
    expect(spin(model)).toMatchObject({ states, transitions });
  });
});

describe.runIf(hasSpin)('a partial search', () => {
  test.each([
    [[], ['-m5']],
    [['-DBITSTATE'], ['-m100000']],
  ])('%j %j claims nothing about goals that it did not reach', async (flags, args) => {
    const ours = (await network('exclusive', 'small')) as Network;
    expect(spin(await exported(ours), flags, args).printed).not.toContain('never reached');
  });
});

describe.runIf(hasSpin)('a trail', () => {
  const shortest = async (ours: Network, id: string) => {
    const number = ours.rules!.findIndex((rule) => rule.id === id) + 1;
    const { rules, compiled } = await check(ours);
    const { path } = rules[number - 1]!;
    return {
      spins: spin(await exported(ours), ['-DBFS', `-DSTOP=${number}`], []).trail,
      ours: path!.map((stimulus) => compiled.network.stimuli[stimulus]!.description),
    };
  };

  test.each([
    ['a rule of calls', 'ipmodify-joins-after-yes'],
    ['a rule of states', 'consent-is-exact'],
  ])('of %s, breadth-first, is a shortest path', async (_, id) => {
    const { spins, ours } = await shortest((await network('linux-6.12', 'small')) as Network, id);
    expect(spins).toHaveLength(ours.length);
  });

  test('solves the puzzle of the jugs', async () => {
    const { spins } = await shortest(dieHard as Network, 'never-four');
    expect(spins).toHaveLength(6);
  });

  test('leads to a finding', async () => {
    const model = await exported(diningPhilosophers(3) as Network);
    const { trail, findings } = spin(model, ['-DBFS', '-DSTOP=0'], []);
    expect(findings).toEqual(['deadlock: no stimulus is enabled']);
    expect([...trail].sort()).toEqual([1, 2, 3].map((i) => `philosopher ${i} takes fork ${i}`));
  });
});

describe.runIf(hasSpin)('the cross-check can fail', () => {
  const array = (name: string) => new RegExp(`(?<= ${name}\\[\\] = \\{\\n)[^}]*`);
  /** The model with one number of one array changed. */
  const changed = (model: string, name: string, change: (numbers: number[]) => void) =>
    model.replace(array(name), (text) => {
      const numbers = text.split(',').map(Number);
      change(numbers);
      return numbers.join();
    });

  test('for a wrong cell: other counts', async () => {
    const ours = (await network('linux-6.12', 'small')) as Network;
    const model = await exported(ours);
    const deaf = changed(model, 'cells', (cells) => {
      cells[cells.findIndex((cell) => cell > 1)] = 1;
    });
    expect(spin(deaf).transitions).not.toBe((await checkedCounts(ours)).transitions);
  });

  test('for a wrong verdict: another rule is broken', async () => {
    const model = changed(await exported(dieHard as Network), 'edges', (edges) => {
      for (let i = 1; i < edges.length; i += 2) if (edges[i] === 1) edges[i] = 2;
    });
    expect(spin(model).broken).toEqual([]);
  });

  test('for a cell that recwalk never computed: ends at once with the reason', async () => {
    const model = changed(await exported(dieHard as Network), 'cells', (cells) => cells.fill(0));
    const { code, printed } = spin(model);
    expect(code).toBe(70);
    expect(printed).toContain('recwalk: unknown cell');
  });

  test('for a verdict that recwalk never computed', async () => {
    const model = changed(await exported(dieHard as Network), 'edges', (edges) => edges.fill(-1));
    expect(spin(model).printed).toContain('recwalk: unknown edge in the decision tree');
  });
});

describe('a model', () => {
  test('names everything that it leaves out', async () => {
    const { pieces, without } = await promela(diningPhilosophers(3) as Network);
    const [text] = pieces! as [string];
    expect(without).toEqual(['back-to-thought']);
    expect(text).toContain('Left out, since no single path can break it: back-to-thought');
  });

  test('is not written if the search was stopped', async () => {
    const { pieces, exploration } = await promela(dieHard as Network, { maxStates: 5 });
    expect(pieces).toBeUndefined();
    expect(exploration.stopped).toBe('states');
  });

  test('names variables after components', async () => {
    const [text] = (await promela(diningPhilosophers(3) as Network)).pieces! as [string];
    expect(text).toContain('byte at_philosopher_1 = 0;');
  });

  test('is refused for a rule with memory', async () => {
    let calls = 0;
    const rule = {
      id: 'moody',
      description: 'now one jug counts and now the other',
      source: 'made up',
      always: (world: { small: number; big: number }) =>
        (calls++ % 2 === 0 ? world.small : world.big) >= 0,
    };
    await expect(promela({ ...dieHard, rules: [rule] } as Network)).rejects.toThrow(
      /^RW121: rule "moody" reads something else the second time/,
    );
  });
});
