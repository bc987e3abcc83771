import { expect, test } from 'vitest';
import type { StepResult } from '../../src/kernel/guest.js';
import { playSegment } from '../../src/replay/playSegment.js';

/** A machine that gives these outcomes, and keeps the commands. */
function machineOf(outcomes: readonly string[]) {
  const commands: string[] = [];
  const left = [...outcomes];
  return {
    commands,
    reset: async () => {},
    step: async (command: string): Promise<StepResult> => {
      commands.push(command);
      return { kind: 'answered', outcome: left.shift()!, ok: true, warnings: [] };
    },
  };
}

test('a call of the only caller is one step', async () => {
  const machine = machineOf(['0; 1: (1) RI. - ran X']);
  const played = await playSegment(machine, 'register X', ['0; 1: (1) RI. - ran X'], new Map());
  expect(machine.commands).toEqual(['register X']);
  expect(played).toMatchObject({ outcome: '0; 1: (1) RI. - ran X' });
});

test('a segment goes on over the locks at which the model does not stop', async () => {
  const machine = machineOf([
    'stopped at ftrace_lock in unregister_ftrace_function; 1: (1) RI. - ran X',
    'stopped at direct_mutex in unregister_ftrace_function; 1: (0) ... - ran -',
  ]);
  const expected = ['stopped at direct_mutex; 1: (0) ... - ran -'];
  expect(await playSegment(machine, '1: unregister X', expected, new Map())).toMatchObject({
    outcome: expected[0],
    ok: true,
  });
  expect(machine.commands).toEqual(['start 1 unregister X', 'step 1']);
});

test('a segment that ends with the call takes it to its end', async () => {
  const machine = machineOf(['stopped at ftrace_lock in f; 1: (0) ... - ran -', '0; B DISABLE 0']);
  expect(await playSegment(machine, '2 goes on', ['0; B DISABLE 0'], new Map())).toMatchObject({
    ok: true,
  });
  expect(machine.commands).toEqual(['step 2', 'step 2']);
});

test('a caller that is blocked where the model lets it pass is a difference', async () => {
  const machine = machineOf(['blocked at direct_mutex in f, held by 2; 1: (0) ... - ran -']);
  expect(await playSegment(machine, '1 goes on', ['0'], new Map())).toMatchObject({
    outcome: 'blocked at direct_mutex in f, held by 2; 1: (0) ... - ran -',
    ok: false,
  });
});

test('a caller stands as the model lets it stand: at the second of two equal locks, or blocked', async () => {
  const twice = machineOf([
    'stopped at ftrace_lock in f; 1: (0) ... - ran -',
    'stopped at ftrace_lock in f; L PEER 0; 1: (0) ... - ran -',
  ]);
  const second = 'stopped at ftrace_lock; L PEER 0; 1: (0) ... - ran -';
  expect(await playSegment(twice, '1 goes on', [second], new Map())).toMatchObject({
    outcome: second,
    ok: true,
  });
  const waits = machineOf(['blocked at K.lock in f, held by 2; 1: (0) ... - ran -']);
  const blocked = 'blocked at K.lock; 1: (0) ... - ran -';
  expect(await playSegment(waits, '1 goes on', [blocked], new Map())).toMatchObject({
    outcome: blocked,
    ok: true,
  });
});

test('a caller that never stands as the model lets it stand: the outcome at the first such lock', async () => {
  const machine = machineOf([
    'stopped at ftrace_lock in f; 1: (1) ... - ran T',
    '0; 1: (1) ... - ran T',
  ]);
  expect(
    await playSegment(machine, '1 goes on', ['stopped at ftrace_lock; L PEER 0'], new Map()),
  ).toMatchObject({
    outcome: 'stopped at ftrace_lock; 1: (1) ... - ran T',
    ok: false,
  });
});

test('an outcome has the callbacks of its segment, where the guest repeats those before', async () => {
  const machine = machineOf([
    'stopped at ftrace_lock in f; L PEER 0; 1: (0) ... - ran -',
    '-EAGAIN; L PEER 0; L PEER 0; L PEER -EAGAIN; 1: (0) ... - ran -',
    'stopped at direct_mutex in f; L PEER 0',
  ]);
  const reported = new Map();
  const stands = 'stopped at ftrace_lock; L PEER 0; 1: (0) ... - ran -';
  const outcomes = [
    await playSegment(machine, '1: register X', [stands], reported),
    await playSegment(machine, '1 goes on', ['0'], reported),
    // Another call of the caller begins anew.
    await playSegment(machine, '1: register Y', ['stopped at direct_mutex; L PEER 0'], reported),
  ];
  expect(outcomes).toMatchObject([
    { outcome: stands },
    { outcome: '-EAGAIN; L PEER 0; L PEER -EAGAIN; 1: (0) ... - ran -' },
    { outcome: 'stopped at direct_mutex; L PEER 0' },
  ]);
});
