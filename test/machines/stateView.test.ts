import { expect, test } from 'vitest';
import { stateView } from '../../machines/stateView.js';
import { changesOf } from '../../src/explorer/componentView.js';
import { Walk } from '../../src/explorer/walk.js';
import { networkIn } from '../explorer/designs.js';

/** The views after each of these calls; the first is that before any call. */
async function seen(design: string, scope: string, calls: readonly string[]) {
  const walk = new Walk(await networkIn(design, scope));
  const steps = walk.stepsOf(
    calls.map((call) => walk.network.stimuli.findIndex(({ description }) => description === call)),
  );
  expect(steps).toHaveLength(calls.length);
  return [walk.first, ...steps.map(({ after }) => after)].map((place) => {
    const { status, tables } = stateView(walk.world(place));
    const [records, ops] = tables.map(({ rows }) => rows);
    return { status: status!, records: records!, ops: ops! };
  });
}

test('shows a record and its ops as rules see them, and the changes of a call', async () => {
  const calls = ['add W 1', 'register W records 1', 'add X 1', 'register X records 1'];
  const looks = await seen('linux-6.12', 'small', calls);
  const [before, after] = looks.slice(-2);
  expect(after!.status).toEqual({ text: 'ftrace is alive', good: true });
  expect(after!.records[0]).toEqual({
    name: '1',
    fields: {
      state: 'direct+ipmodify',
      count: '2',
      flags: 'RID',
      entry: 'W.a',
      text: 'call',
      runs: 'X,W.a',
    },
  });
  expect(after!.ops.find(({ name }) => name === 'W')!.fields).toEqual({
    kind: 'direct',
    state: 'enabled',
    filter: '1',
    trampoline: 'W.a',
    owner: 'willing, sharing',
  });
  // The text calls the trampoline directly, because the ops is alone on the function.
  expect(before!.records[0]!.fields).toMatchObject({ flags: 'R.D', text: 'W.a', runs: 'W.a' });
  expect([...changesOf(after!.records, before!.records)]).toEqual([
    '1 state',
    '1 count',
    '1 flags',
    '1 text',
    '1 runs',
  ]);
  expect([...changesOf(after!.ops, before!.ops)]).toEqual(['X state', 'W owner']);
});

test('shows a record that a notrace entry excludes', async () => {
  const looks = await seen('linux-6.12', 'notrace', ['add T 1', 'add T 2', 'notrace T 1']);
  expect(looks.map(({ ops }) => ops.find(({ name }) => name === 'T')!.fields.filter)).toEqual([
    '-',
    '1',
    '1,2',
    '1,2 (notrace 1)',
  ]);
});

test('does not show a switched-off ftrace as alive', async () => {
  const looks = await seen('linux-6.12', 'sysctl', ['ftrace_enabled 0', 'ftrace_enabled 1']);
  expect(looks.map(({ status }) => status)).toEqual([
    { text: 'ftrace is alive', good: true },
    { text: 'ftrace is switched off', good: false },
    { text: 'ftrace is alive', good: true },
  ]);
});

test('shows the end of the story, and the records after its last call', async () => {
  const [, before, after] = await seen('linux-6.0', 'misuse', ['add W 1', 'plain register W']);
  expect(before!.status.good).toBe(true);
  expect(after!.status).toEqual({
    text: 'ftrace is alive; there is a function whose next call jumps to a NULL func',
    good: false,
  });
  expect(after!.records.map(({ fields }) => [fields.state, fields.count, fields.runs])).toEqual([
    ['free', '1', '?'],
    ['free', '0', '?'],
  ]);
  const other = ['add X 1', 'register X records 1', 'add W 1', 'plain register W'];
  const met = (await seen('linux-6.0', 'misuse', other)).at(-1)!;
  expect(met.status.text).toBe('ftrace is alive; there is a function whose next call kills ftrace');
});

test('shows a trampoline for each record of the direct ops of BPF in linux-7.0', async () => {
  const looks = await seen('linux-7.0', 'default', ['direct add B 1,2', 'direct mod B 2']);
  expect(looks.at(-1)!.records.map(({ fields }) => fields.entry)).toEqual(['B.a', 'B.b']);
  expect(looks.at(-1)!.ops.find(({ name }) => name === 'B')!.fields.trampoline).toBe('by record');
});
