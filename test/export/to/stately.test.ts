import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AnyStateMachine, getInitialSnapshot, transition } from 'xstate';
import { contextOf } from '../../../src/export/machine.js';
import { stately } from '../../../src/export/to/stately.js';
import { all, raw, statesIn } from '../shown.js';

// Inside the project, so that the files resolve its xstate.
const folder = mkdtempSync(join(fileURLToPath(new URL('.', import.meta.url)), 'stately-'));
const fileOf = (name: string) => join(folder, `${name}.ts`);

beforeAll(() => {
  for (const shown of all) writeFileSync(fileOf(shown.name), stately(shown, ['a test']));
});
afterAll(() => rmSync(folder, { recursive: true }));

const imported = async (name: string): Promise<AnyStateMachine> =>
  (await import(fileOf(name))).machine;

test('all compile with xstate, as strictly as this project does', { timeout: 600_000 }, () => {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(
      fileURLToPath(new URL('../../tsconfig.json', import.meta.url)),
      ts.sys.readFile,
    ).config,
    ts.sys,
    fileURLToPath(new URL('../..', import.meta.url)),
  );
  const program = ts.createProgram(
    all.map(({ name }) => fileOf(name)),
    options,
  );
  const wrong = ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ file, messageText }) =>
        `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
  expect(options.strict).toBe(true);
  expect(wrong).toEqual([]);
});

describe.each(all)('$name', (shown) => {
  test('has the same states, transitions, guards and actions when imported', async () => {
    const machine = await imported(shown.name);
    expect(statesIn(machine)).toEqual(statesIn(shown.machine));
    expect(machine.config.initial).toEqual(shown.machine.config.initial);
    expect(raw(machine)).toEqual(raw(shown.machine));
    expect(getInitialSnapshot(machine).context).toEqual(contextOf(shown));
  });

  test('contains every guard and action that it names', async () => {
    const machine = await imported(shown.name);
    const used = raw(machine);
    const guards = new Set(used.map(({ guard }) => guard).filter((guard) => guard !== ''));
    const actions = new Set(used.flatMap((t) => t.actions));
    expect(new Set(Object.keys(machine.implementations.guards))).toEqual(guards);
    expect(new Set(Object.keys(machine.implementations.actions))).toEqual(actions);
  });
});

test('executes constant actions', async () => {
  const breakpoint = await imported('breakpoint');
  const event = { type: 'insert' };
  const done = (machine: AnyStateMachine, input: object) =>
    transition(machine, getInitialSnapshot(machine, input), event)[1].map(({ type, params }) => ({
      type,
      params,
    }));
  const ours = all.find(({ name }) => name === 'breakpoint')!;
  expect(done(breakpoint, {})).toEqual(done(ours.machine, {}));
  expect(done(breakpoint, {})).toHaveLength(1);
});

test('shows the source of computed guards and actions', () => {
  const text = stately(all.find(({ name }) => name === 'record')!, []);
  expect(text).toMatch(/\/\/ .*count === 0\n {4}"nobody left": \(\) => true,/);
  expect(text).toMatch(
    /\/\/ emit\(\(\{ context, event \}, flags\) => \(\{\n(?: {4}\/\/ .*\n)+ {4}"say flags": \(_, _params: \{ ipmodify: boolean; direct: boolean \}\)/,
  );
});
