import { expect, test } from 'vitest';
import { kprobeNetwork } from '../../machines/kprobes/network.js';
import { IPMODIFY, PLAIN } from '../../machines/kprobes/words.js';
import type { KprobeWorld } from '../../machines/kprobes/world.js';
import { storySteps } from '../../src/cli/storyLines.js';
import { check } from '../../src/engine/check.js';
import { Tables } from '../../src/engine/tables.js';
import type { Rule } from '../../src/model/network.js';

const P = { name: 'P', postHandler: false };
const Q = { name: 'Q', postHandler: true };
const P2 = { name: 'P2', postHandler: false };

const undone: Rule<KprobeWorld> = {
  id: 'undone',
  says: 'Calls can lead back to where nothing is attached.',
  source: 'a test',
  recoverable: ({ probes, attached, dangling }) =>
    !dangling && probes.length === 0 && attached.length === 0,
};

const all = (alwaysIpmodify: boolean) =>
  kprobeNetwork(
    'kprobes',
    { alwaysIpmodify, clearsPostHandler: false },
    { probes: [P, Q, P2], livepatch: true },
    undone,
  );

function outcomes(network: ReturnType<typeof all>, calls: readonly string[]) {
  const path = calls.map((call) => network.stimuli.findIndex(({ says }) => says === call));
  return storySteps(new Tables(network), path).map(({ outcome }) => outcome.join('; '));
}

test('with three probes and a livepatch all can be undone, from every state', async () => {
  for (const network of [all(true), all(false)]) {
    const { rules, findings, exploration } = await check(network);
    expect(exploration.complete).toBe(true);
    expect(findings).toEqual([]);
    expect(rules[0]!.verdict).toBe('holds');
  }
});

test('several probes are armed once, by the ops of the first', () => {
  const calls = ['P', 'P2'].map((name) => `register kprobe ${name}`);
  expect(outcomes(all(false), calls)).toEqual([
    '0; 1: (1) R.. kprobe_ftrace_ops, kprobes P',
    '0; 1: (1) R.. kprobe_ftrace_ops, kprobes P,P2',
  ]);
});

test('beside a livepatch, only a probe with a post_handler is refused; it can come when that is gone', () => {
  const calls = [
    ...['add X 1', 'register X records 1', 'register kprobe Q', 'register kprobe P'],
    ...['unregister kprobe P', 'unregister X records 1', 'register kprobe Q'],
  ];
  expect(outcomes(all(false), calls).slice(2)).toEqual([
    '-EBUSY; 1: (1) RI. X, kprobes -',
    '0; 1: (2) RI. kprobe_ftrace_ops,X, kprobes P',
    '0; 1: (1) RI. X, kprobes -',
    '0; 1: (0) ... -, kprobes -',
    '0; 1: (1) RI. kprobe_ipmodify_ops, kprobes Q',
  ]);
});

test('a probe with a post_handler keeps a livepatch off, also when it has left others behind', () => {
  const calls = [
    ...['register kprobe Q', 'register kprobe P', 'unregister kprobe Q'],
    ...['add X 1', 'register X records 1', 'unregister kprobe P', 'register X records 1'],
  ];
  expect(outcomes(all(false), calls).slice(4)).toEqual([
    '-EBUSY; 1: (1) RI. kprobe_ipmodify_ops, kprobes P',
    '0; 1: (0) ... -, kprobes -',
    '0; 1: (1) RI. X, kprobes -',
  ]);
});

test('what is not walked: a probe with a post_handler that comes to a function armed without IPMODIFY', async () => {
  const beside = (ops: string) => ({
    says: ops,
    holds: ({ probes, attached }: KprobeWorld) =>
      probes.some(({ postHandler }) => postHandler) && attached.includes(ops),
  });
  const armed: Rule<KprobeWorld> = {
    id: 'armed',
    says: 'A probe with a post_handler is armed by either ops.',
    source: 'a test',
    possible: [beside(IPMODIFY), beside(PLAIN)],
  };
  const { rules } = await check({ ...all(false), rules: [armed] });
  expect(rules[0]!.missed).toEqual([PLAIN]);
  expect(all(false).within).toContain(
    'no probe with a post_handler comes to a function armed without IPMODIFY',
  );
});
