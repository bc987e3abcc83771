import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { networkOf } from '../../machines/design.js';
import { design as linux } from '../../machines/designs/linux-6.12.js';
import { design as proposal } from '../../machines/designs/proposal.js';
import { parseScope } from '../../machines/scopes.js';
import { rules as allRules } from '../../src/cli/shared/registry.js';
import type { Network, Rule } from '../../src/model/network.js';
import { type Check, type CheckOptions, check } from '../../src/search/check.js';
import { Checkpoint } from '../../src/search/checkpoint.js';
import type { SearchProgress } from '../../src/search/searchProgress.js';
import { everyNth, IN_ALL, isExhaustive, runs } from '../effort.js';
import { type RandomWorld, randomNetworks, rulesOn, seen } from '../networks/randomNetwork.js';

const folder = mkdtempSync(join(tmpdir(), 'recwalk-test-'));
const file = join(folder, 'kept');
beforeEach(() => rmSync(file, { force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

/** Everything that a check reports. */
const resultOf = <W>({ exploration, rules, findings, reductions, vacuity }: Check<W>) => {
  const { states, transitions, depth, queue, complete, stopped, held, terminal } = exploration;
  return {
    vacuity,
    ...{
      states,
      transitions,
      depth,
      queue,
      complete,
      stopped,
      held,
      terminal,
      findings,
      reductions,
    },
    rules: rules.map(({ rule, ...judged }) => ({ id: rule.id, ...judged })),
  };
};

/** A design whose search has dozens of pauses, and the number of transitions between two. */
const [scope, slice] = isExhaustive ? ['edits', 65_536] : ['default', 1_000];
const big = async () => networkOf(linux, parseScope(scope), await allRules());

/** Simulates one process, which searches as far as `options` permit. */
const run = <W>(
  network: Network<W>,
  options: CheckOptions = {},
  first = Number.POSITIVE_INFINITY,
) => check(network, { ...options, checkpoint: new Checkpoint(file, 'test', undefined, first) });

describe('a search stopped again and again has the result of an undisturbed one', () => {
  test('random networks, stopped by one number of states after the other', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomNetworks,
        seen,
        seen,
        fc.boolean(),
        fc.integer({ min: 1, max: 9 }),
        async (plain, one, other, ends, stride) => {
          rmSync(file, { force: true });
          const network = {
            ...plain,
            rules: rulesOn(one, other),
            ...(ends && { isTerminal: (w: RandomWorld) => w.at(0) === other }),
          };
          const whole = resultOf(await check(network, { maxStates: 1_500 }));
          fc.pre(whole.complete);
          const further = Math.max(stride, Math.ceil(whole.states / 12));
          for (let maxStates = 1; maxStates < whole.states; maxStates += further) {
            const stopped = resultOf(await run(network, { maxStates }));
            expect(stopped).toEqual(resultOf(await check(network, { maxStates })));
            expect(stopped.stopped).toBe('states');
          }
          expect(resultOf(await run(network))).toEqual(whole);
        },
      ),
      runs(40, 400),
    );
  });

  test.each(everyNth(2, ['off', 'on'] as const))(
    'proposal, stopped by states, reductions %s',
    async (reductions) => {
      const network = networkOf(proposal, parseScope('default'), await allRules());
      const whole = resultOf(await check(network, { reductions }));
      const held = whole.held ?? whole.states;
      for (let maxStates = 1; maxStates < held; maxStates += isExhaustive ? 97 : 601)
        expect(resultOf(await run(network, { reductions, maxStates }))).toEqual(
          resultOf(await check(network, { reductions, maxStates })),
        );
      expect(resultOf(await run(network, { reductions }))).toEqual(whole);
    },
  );

  test.each(everyNth(2, ['off', 'on'] as const))(
    'linux-6.12, interrupted at pauses, reductions %s',
    async (reductions) => {
      const network = await big();
      const options = { reductions, slice };
      const whole = resultOf(await check(network, options));
      let resumed = 0;
      for (let rests = 2; ; ) {
        const interrupt = new AbortController();
        const progress = () => {
          if (--rests === 0) interrupt.abort();
        };
        const before = existsSync(file);
        const done = resultOf(
          await run(network, {
            ...options,
            workerThreshold: 1,
            signal: interrupt.signal,
            progress,
          }),
        );
        if (!interrupt.signal.aborted) {
          expect(done).toEqual(whole);
          break;
        }
        // With reductions, a separate search finds the stories, after all states are counted.
        expect(done.stopped).toBe(done.complete ? undefined : 'interrupted');
        if (before) resumed++;
        rests = 2 + resumed;
      }
      expect(resumed).toBeGreaterThan(reductions === 'on' ? 1 : 4);
    },
  );
});

describe('a search resumed from an earlier pause', () => {
  test('killed with a checkpoint of an earlier pause', async () => {
    const network = await big();
    const whole = resultOf(await check(network));
    for (const rests of [3, 7, 11]) {
      let left = rests;
      const progress = () => {
        if (--left === 0) throw new Error('killed');
      };
      await expect(run(network, { slice, progress }, slice * 1.5)).rejects.toThrow('killed');
    }
    expect(existsSync(file)).toBe(true);
    expect(resultOf(await run(network))).toEqual(whole);
  });

  test('reductions auto, in each of its two searches', async ({ skip }) => {
    skip(!isExhaustive, `a search of half a million states: ${IN_ALL}`);
    const scope = parseScope('records=2,ipmodify=2,willing=2,inuse=4,edits=1');
    const warned = (await allRules()).filter(({ id }) => id === 'no-warning');
    const network = networkOf(linux, scope, warned);
    const whole = resultOf(await check(network, { reductions: 'auto' }));
    expect(whole.held).toBeDefined();
    const kept = () => JSON.parse(readFileSync(file, 'utf8').split('\n')[0]!);

    await run(network, { reductions: 'auto', maxStates: 1_000 });
    expect(kept().alike).toBeNull();
    const interrupt = new AbortController();
    let before = 0;
    const progress = ({ transitions }: SearchProgress) => {
      if (transitions < before) interrupt.abort();
      before = transitions;
    };
    await run(network, { reductions: 'auto', signal: interrupt.signal, progress });
    expect(kept().alike).not.toEqual([]);

    let resumed: SearchProgress | undefined;
    const checkpoint = new Checkpoint(file, 'test', (covered) => {
      resumed = covered;
    });
    expect(resultOf(await check(network, { reductions: 'auto', checkpoint }))).toEqual(whole);
    expect(resumed?.transitions).toBeGreaterThan(65_000);
  });
});

describe('a file that does not fit is refused and does not change', () => {
  const lamp = async (more: Partial<Network> = {}, options: CheckOptions = {}, version = 'test') =>
    check({ ...networkOf(proposal, parseScope('small'), await allRules()), ...more } as Network, {
      maxStates: 200,
      ...options,
      checkpoint: new Checkpoint(file, version),
    });

  test('damaged: any changed byte, any shorter length', async () => {
    await lamp();
    const good = readFileSync(file);
    const spoilt = [
      ...Array.from({ length: 60 }, (_, i) => {
        const copy = Buffer.from(good);
        const at = i < 4 ? i : good.length - 1 - Math.floor(((i - 4) * (good.length - 1)) / 55);
        copy[at]! ^= 1 << (i % 8);
        return copy;
      }),
      ...[0, 1, 31, 32, 33, 500, good.length - 33, good.length - 1].map((n) => good.subarray(0, n)),
      Buffer.concat([good, Buffer.of(0)]),
      Buffer.from('{"checkpoint":{}}\n'),
    ];
    for (const bytes of spoilt) {
      writeFileSync(file, bytes);
      await expect(lamp()).rejects.toThrow(/^RW031: .*kept is damaged[^\n]*$/);
      expect(readFileSync(file).equals(bytes)).toBe(true);
    }
    writeFileSync(file, good);
    await expect(lamp()).resolves.toMatchObject({ exploration: { states: 200 } });
  });

  test('of another search: names the difference', async () => {
    await lamp();
    const copy = join(folder, 'copy');
    copyFileSync(file, copy);
    const small = networkOf(proposal, parseScope('small'), await allRules());
    const [rule, ...rest] = small.rules!;
    const { always, ...named } = rest.find((r) => r.always && !r.each)!;
    const cases: [RegExp, () => Promise<unknown>][] = [
      [/its version: test; here: other/, () => lamp({}, {}, 'other')],
      [/its network: proposal; here: else/, () => lamp({ name: 'else' })],
      [/its scope: .*"records":2.*here: \{\}/, () => lamp({ scope: {} })],
      [/its reductions: off; here: on/, () => lamp({}, { reductions: 'on' })],
      [/its rules: /, () => lamp({ rules: [rule as Rule<unknown>] })],
      [
        /its meaning of rules: /,
        () =>
          lamp({
            rules: small.rules!.map((r) =>
              r.id === named.id ? { ...named, always: (w: never) => !always!(w) } : r,
            ) as Rule<unknown>[],
          }),
      ],
      [/its stimuli: /, () => lamp({ stimuli: small.stimuli.slice(1) })],
      [
        /its machines: /,
        () =>
          lamp({ components: small.components.map((c, i) => (i === 0 ? { ...c, input: {} } : c)) }),
      ],
    ];
    for (const [description, again] of cases) {
      await expect(again()).rejects.toThrow(/^RW032: [^\n]*$/);
      await expect(again()).rejects.toThrow(description);
      expect(readFileSync(file).equals(readFileSync(copy))).toBe(true);
    }
  });

  test('a folder, and a path that cannot be written', async () => {
    const small = networkOf(proposal, parseScope('small'), []);
    for (const [at, code] of [
      [folder, 'EISDIR'],
      [join(folder, 'no/such'), 'ENOENT'],
    ] as const)
      await expect(check(small, { checkpoint: new Checkpoint(at, 'test') })).rejects.toThrow(
        new RegExp(`^RW030: .*${code}`),
      );
  });
});
