import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assign, emit, setup } from 'xstate';
import type { Network, Rule } from '../../src/model/network.js';
import { check } from '../../src/search/check.js';
import { runs } from '../effort.js';

/** A part of a call that nothing interrupts: it tests and sets the shared variable, by the caller's own variable. */
interface Segment {
  /** The segment is possible only for these values. */
  readonly when: readonly number[];
  /** By shared value and own value: their new values. */
  readonly to: readonly (readonly (readonly [shared: number, own: number])[])[];
}

/** The calls that each of two callers can make. A call returns its caller's own variable. */
interface Program {
  readonly calls: readonly (readonly Segment[])[];
  /** The state after a call has the own variables, too. */
  readonly keepsOwn: boolean;
}

interface Caller {
  /** The call under way and its next segment; -1: none. */
  readonly call: number;
  readonly at: number;
  readonly own: number;
}

interface Memory {
  readonly shared: number;
  readonly callers: readonly [Caller, Caller];
}

const VALUES = 3;
const idle: Caller = { call: -1, at: 0, own: 0 };

interface Advanced {
  readonly memory: Memory;
  readonly returned?: number;
}

/** The message of a segment: what its call returns or, until then, the caller's own variable. */
const said = ({ memory, returned }: Advanced, caller: number): string =>
  returned === undefined ? `goes on with ${memory.callers[caller]!.own}` : `returns ${returned}`;

/** The state after the next segment of a caller's call; undefined if that is not possible. */
function advance(
  { calls, keepsOwn }: Program,
  { shared, callers }: Memory,
  caller: number,
  begun?: number,
): Advanced | undefined {
  const one = callers[caller]!;
  if ((begun === undefined) !== one.call >= 0) return undefined;
  const call = begun ?? one.call;
  const at = begun === undefined ? one.at : 0;
  const segment = calls[call]![at]!;
  if (!segment.when.includes(shared)) return undefined;
  const [after, own] = segment.to[shared]![one.own]!;
  const ends = at + 1 === calls[call]!.length;
  const next: Caller = ends ? { ...idle, own: keepsOwn ? own : 0 } : { call, at: at + 1, own };
  const others = callers.map((other, i) => (i === caller ? next : other));
  const memory = { shared: after, callers: others as unknown as Memory['callers'] };
  return ends ? { memory, returned: own } : { memory };
}

const nothing: Memory = { shared: 0, callers: [idle, idle] };

function networkOf(program: Program): Network<Memory> {
  const machine = setup({
    types: {
      context: {} as Memory,
      events: {} as { type: 'begin' | 'go on'; caller: number; call?: number },
    },
    guards: {
      can: ({ context, event }) =>
        advance(program, context, event.caller, event.call) !== undefined,
    },
    actions: {
      'emit what it does': emit(({ context, event }) => ({
        type: said(advance(program, context, event.caller, event.call)!, event.caller),
      })),
      advance: assign(
        ({ context, event }) => advance(program, context, event.caller, event.call)!.memory,
      ),
    },
  }).createMachine({
    context: nothing,
    on: {
      begin: { guard: 'can', actions: ['emit what it does', 'advance'] },
      'go on': { guard: 'can', actions: ['emit what it does', 'advance'] },
    },
  });
  const rule: Rule<Memory> = {
    id: 'serializable',
    description: 'overlapping calls end like calls one after the other',
    source: 'a test',
    serializable: {
      process: ({ message }) => String(message.caller),
      isIdle: ({ callers }, caller) => callers[Number(caller)]!.call < 0,
    },
  };
  return {
    name: 'memory',
    description: 'two callers and a shared variable',
    components: [{ name: 'memory', machine }],
    stimuli: [0, 1].flatMap((caller) => [
      ...program.calls.map((_, call) => ({
        to: 'memory',
        message: { type: 'begin', caller, call },
        description: `${caller} begins ${call}`,
      })),
      { to: 'memory', message: { type: 'go on', caller }, description: `${caller} goes on` },
    ]),
    world: (select) => {
      const memory = select('memory');
      return {
        get shared() {
          return memory().context.shared;
        },
        get callers() {
          return memory().context.callers;
        },
      };
    },
    breakClass: ({ message }, emitted) =>
      `${message.call}: ${emitted.map(({ type }) => type).join()}`,
    rules: [rule],
  };
}

/** An overlap, or two calls one after the other, as text: the state and both results. */
type Outcome = string;
type Results = readonly [number | undefined, number | undefined];
const outcome = (memory: Memory, results: Results): Outcome => JSON.stringify([memory, results]);

/** The definition, by brute force: the classes that break, each with the least number of calls before its end. */
function bruteForce(program: Program): Map<string, number> {
  const broken = new Map<string, number>();
  const all = [0, 1].flatMap((caller) => program.calls.map((_, call) => [caller, call] as const));
  const steps = (memory: Memory) => [
    ...all.map(([caller, call]) => advance(program, memory, caller, call)),
    ...[0, 1].map((caller) => advance(program, memory, caller)),
  ];
  const depths = new Map([[JSON.stringify(nothing), 0]]);
  const queue = [nothing];
  for (const memory of queue)
    for (const step of steps(memory)) {
      const key = step && JSON.stringify(step.memory);
      if (key === undefined || depths.has(key)) continue;
      depths.set(key, depths.get(JSON.stringify(memory))! + 1);
      queue.push(step!.memory);
    }
  /** All ends of the calls `first` of one caller and `second` of the other, with or without overlap. */
  function* ends(from: Memory, starter: number, first: number, second: number, overlaps: boolean) {
    interface At {
      readonly memory: Memory;
      readonly results: Results;
      readonly begun: readonly [boolean, boolean];
      readonly length: number;
      /** For each call: all that it said, each once. */
      readonly says: readonly [readonly string[], readonly string[]];
    }
    const all: At[] = [
      {
        memory: from,
        results: [undefined, undefined],
        begun: [false, false],
        length: 0,
        says: [[], []],
      },
    ];
    for (const { memory, results, begun, length, says } of all) {
      if (results.every((result) => result !== undefined)) yield { memory, results, length, says };
      for (const [part, call] of [first, second].entries()) {
        if (results[part] !== undefined) continue;
        if (part === 1 && !begun[1] && (!begun[0] || (results[0] === undefined) !== overlaps))
          continue;
        const caller = part === 0 ? starter : 1 - starter;
        const step = advance(program, memory, caller, begun[part] ? undefined : call);
        if (step === undefined) continue;
        all.push({
          memory: step.memory,
          results: results.map((r, i) => (i === part ? step.returned : r)) as unknown as Results,
          begun: begun.map((is, i) => is || i === part) as unknown as At['begun'],
          length: length + 1,
          says: says.map((words, i) =>
            i === part ? [...new Set([...words, said(step, caller)])] : words,
          ) as unknown as At['says'],
        });
      }
    }
  }
  for (const from of queue) {
    if (from.callers.some(({ call }) => call >= 0)) continue;
    const depth = depths.get(JSON.stringify(from))!;
    for (const starter of [0, 1])
      for (const [first] of program.calls.entries())
        for (const [second] of program.calls.entries()) {
          const serial = new Set<Outcome>();
          for (const { memory, results } of ends(from, starter, first, second, false))
            serial.add(outcome(memory, results));
          for (const { memory, results } of ends(from, 1 - starter, second, first, false))
            serial.add(outcome(memory, [results[1], results[0]]));
          for (const end of ends(from, starter, first, second, true)) {
            const { memory, results, length, says } = end;
            if (serial.has(outcome(memory, results))) continue;
            const name = [first, second]
              .map((call, i) => `${call}: ${says[i]}`)
              .sort()
              .join(' beside ');
            broken.set(
              name,
              Math.min(broken.get(name) ?? Number.POSITIVE_INFINITY, depth + length),
            );
          }
        }
  }
  return broken;
}

const value = fc.integer({ min: 0, max: VALUES - 1 });
const ofEach = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: VALUES, maxLength: VALUES });
const segment: fc.Arbitrary<Segment> = fc.record({
  when: fc.uniqueArray(value, { minLength: 2, maxLength: VALUES }),
  to: ofEach(ofEach(fc.tuple(value, value))),
});
const programs: fc.Arbitrary<Program> = fc.record({
  calls: fc.array(fc.array(segment, { minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 2,
  }),
  keepsOwn: fc.boolean(),
});

test('random programs: the verdict, the classes and the lengths of their stories are those of brute force', async () => {
  const verdicts = new Set<string>();
  await fc.assert(
    fc.asyncProperty(programs, async (program) => {
      const { rules } = await check(networkOf(program));
      const [{ verdict, classes = [] }] = rules as [(typeof rules)[number]];
      const expected = bruteForce(program);
      verdicts.add(verdict);
      expect(verdict).toBe(expected.size > 0 ? 'broken' : 'holds');
      expect(new Map(classes.map(({ name, path }) => [name, path!.length]))).toEqual(expected);
    }),
    runs(150, 3_000),
  );
  expect([...verdicts].sort()).toEqual(['broken', 'holds']);
});

const always = [0, 1, 2];
/** Sets the shared variable, and the own one, by both. */
const set = (of: (shared: number, own: number) => readonly [number, number]): Segment['to'] =>
  always.map((shared) => always.map((own) => of(shared, own)));
const read: Segment = { when: always, to: set((shared) => [shared, shared]) };
const write: Segment = { when: always, to: set((_, own) => [(own + 1) % VALUES, own]) };
const whole: Segment = { when: always, to: set((shared) => [(shared + 1) % VALUES, shared]) };

test('a lost update is no order of two increments, and the story has both orders beside it', async () => {
  const { rules, compiled } = await check(networkOf({ calls: [[read, write]], keepsOwn: false }));
  const [{ verdict, path, classes }] = rules as [(typeof rules)[number]];
  const told = (stimuli: readonly number[]) =>
    stimuli.map((stimulus) => compiled.network.stimuli[stimulus]!.description);
  expect(verdict).toBe('broken');
  expect(told(path!)).toEqual(['0 begins 0', '1 begins 0', '0 goes on', '1 goes on']);
  expect(classes![0]!.overlap!.begin).toBe(0);
  expect(classes![0]!.overlap!.orders.map(told)).toEqual([
    ['0 begins 0', '0 goes on', '1 begins 0', '1 goes on'],
    ['1 begins 0', '1 goes on', '0 begins 0', '0 goes on'],
  ]);
});

test('calls in one piece never overlap, which is reported', async () => {
  const { rules, vacuity } = await check(networkOf({ calls: [[whole]], keepsOwn: false }));
  expect(rules[0]).toMatchObject({ verdict: 'holds' });
  expect(vacuity!.neverOverlap).toEqual(['serializable']);
});

test('a reduction is not used, and the reason names the rule', async () => {
  const network = networkOf({ calls: [[read, write]], keepsOwn: false });
  const { reductions, rules } = await check(network, { reductions: 'on' });
  expect(rules[0]).toMatchObject({ verdict: 'broken' });
  expect(reductions).toEqual([
    expect.objectContaining({ because: expect.stringContaining('is about overlapping calls') }),
  ]);
});

test('a result that is nothing is an error: all results would be the same', async () => {
  const network = networkOf({ calls: [[read, write]], keepsOwn: false });
  const [rule] = network.rules as [Rule<Memory>];
  const result = (() => undefined) as never;
  const serializable = { ...rule.serializable!, result };
  await expect(
    check({ ...network, rules: [{ ...rule, serializable } as Rule<Memory>] }),
  ).rejects.toThrow('result of rule "serializable" returns a value that JSON cannot hold');
});

test('a search that stopped early leaves the rule open', async () => {
  const network = networkOf({ calls: [[read, write]], keepsOwn: false });
  const { rules } = await check(network, { maxStates: 3 });
  expect(rules[0]).toMatchObject({ verdict: 'unknown' });
});
