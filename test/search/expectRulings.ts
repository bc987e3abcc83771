import { expect } from 'vitest';
import type { CompiledSystem } from '../../src/interpret/compiledSystem.js';
import { Simulator } from '../../src/interpret/simulator.js';
import type { LivenessRule } from '../../src/model/network.js';
import type { Check, Lasso, RuleResult } from '../../src/search/check.js';
import { type Graph, graphOf } from '../networks/bruteForce.js';
import { pathRuling } from '../networks/pathsForEver.js';

const predicatesOf = <W>({ leadsTo, eventually }: LivenessRule<W>) => ({
  from: (world: W, step: number) => (leadsTo ? leadsTo.from(world) : step === 0),
  to: (world: W) => (leadsTo ? leadsTo.to(world) : eventually!(world)),
});

/** Plays a lasso: the states before each call and after the last one, and for each the stimuli that lead to a state. */
function played<W>(compiled: CompiledSystem<W>, { path }: Lasso) {
  const simulator = new Simulator(compiled);
  const states: { state: string; enabled: number[]; world: W; isTerminal: boolean }[] = [];
  const results: string[] = [];
  const note = () => {
    const world = compiled.world(Int32Array.from(simulator.here));
    const isTerminal = compiled.isTerminal(world);
    const all = [...compiled.network.stimuli.keys()];
    const enabled = isTerminal ? [] : all.filter((one) => simulator.step(one) === 'quiescence');
    states.push({ state: simulator.here.join(), enabled, world, isTerminal });
  };
  note();
  for (const stimulus of path) {
    results.push(simulator.step(stimulus));
    if (results.at(-1) !== 'quiescence') break;
    simulator.accept();
    note();
  }
  return { states, results };
}

/** The groups that the loop of a lasso starves, as `weak c0`. */
function starvedIn<W>(compiled: CompiledSystem<W>, rule: LivenessRule<W>, lasso: Lasso) {
  const { states } = played(compiled, lasso);
  const { network } = compiled;
  const loop = states.slice(lasso.stem, -1);
  const taken = lasso.path.slice(lasso.stem);
  return (['weak', 'strong'] as const).flatMap((kind) => {
    const groupOf = (stimulus: number) => rule.fair?.[kind]?.(network.stimuli[stimulus]!);
    const groups = new Set([...network.stimuli.keys()].map(groupOf).filter((one) => one));
    const enables = (group?: string) =>
      loop.map(({ enabled }) => enabled.some((one) => groupOf(one) === group));
    return [...groups]
      .filter((group) => !taken.some((one) => groupOf(one) === group))
      .filter((group) =>
        kind === 'weak' ? !enables(group).includes(false) : enables(group).includes(true),
      )
      .map((group) => `${kind} ${group}`);
  });
}

/** A lasso is a path on which the rule waits for ever: its loop is one, or nothing follows its end. */
function expectLasso<W>(
  compiled: CompiledSystem<W>,
  rule: LivenessRule<W>,
  lasso: Lasso,
  end: string,
) {
  const { from, to } = predicatesOf(rule);
  const { states, results } = played(compiled, lasso);
  const { stem, trigger = 0, path } = lasso;
  expect(results.slice(0, -1).every((how) => how === 'quiescence')).toBe(true);
  expect(from(states[trigger]!.world, trigger)).toBe(true);
  for (const { world } of states.slice(trigger)) expect(to(world)).toBe(false);
  if (end === 'loop') {
    expect(path.length).toBeGreaterThan(stem!);
    expect(results.at(-1)).toBe('quiescence');
    expect(states.at(-1)!.state).toBe(states[stem!]!.state);
    expect(stem!).toBeGreaterThanOrEqual(trigger);
    return;
  }
  const last = states.at(-1)!;
  expect(stem).toBeUndefined();
  if (end === 'failed call') expect(['unhandled', 'livelock']).toContain(results.at(-1));
  else expect(last.enabled).toEqual([]);
  expect(last.isTerminal).toBe(end === 'terminal state');
}

/** The length that the oracle compares: to the loop, or to the end. */
const lengthOf = ({ path, stem }: Partial<Lasso>) => stem ?? path!.length;

/** Compares a result with the oracle, and plays its paths. Returns what occurred in it, and whether `from` did. */
function expectRuling<W>(compiled: CompiledSystem<W>, graph: Graph<W>, result: RuleResult<W>) {
  const rule = result.rule as LivenessRule<W>;
  const expected = pathRuling(graph, rule, compiled.network.stimuli);
  const { verdict, classes = [], starvation } = result;
  const isBroken = Object.keys(expected.ends).length > 0;
  expect(verdict).toBe(isBroken ? 'broken' : 'holds');
  expect(Object.fromEntries(classes.map((one) => [one.name, lengthOf(one)]))).toEqual(
    expected.ends,
  );
  for (const one of classes) {
    expectLasso(compiled, rule, one as Lasso, one.name);
    if (one.name === 'loop') expect(starvedIn(compiled, rule, one as Lasso)).toEqual([]);
  }
  expect(starvation !== undefined).toBe(!isBroken && expected.loopsUnfairly);
  if (starvation) {
    expectLasso(compiled, rule, starvation, 'loop');
    const named = starvation.starved.map(({ name, fairness }) => `${fairness} ${name}`);
    expect(named.sort()).toEqual(starvedIn(compiled, rule, starvation).sort());
    expect(named.length).toBeGreaterThan(0);
  }
  const kind = `${rule.leadsTo ? 'leadsTo' : 'eventually'} ${Object.keys(rule.fair ?? {}).join()}`;
  const long = classes.filter(({ path, stem }) => stem! > 1 && path!.length > stem! + 2);
  return {
    isTriggered: expected.isTriggered,
    seen: [
      `${kind} ${starvation ? 'starves' : verdict}`,
      ...classes.map(({ name }) => name),
      ...long.map(() => 'a long lasso'),
    ],
  };
}

/** Compares all rules of a check with the oracle. Returns everything that occurred. */
export function expectRulings<W>({ compiled, rules, vacuity }: Check<W>): string[] {
  const graph = graphOf(compiled.network);
  const { rules: blind, neverFrom = [] } = vacuity!;
  return rules.flatMap((result) => {
    const { isTriggered, seen } = expectRuling(compiled, graph, result);
    const { id } = result.rule;
    if (isTriggered) expect(neverFrom).not.toContain(id);
    else expect([...blind, ...neverFrom]).toContain(id);
    return seen;
  });
}
