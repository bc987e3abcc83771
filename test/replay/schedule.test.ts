import { expect, test } from 'vitest';
import type { StepResult } from '../../src/kernel/guest.js';
import { parseCallerAnswer } from '../../src/replay/callerAnswer.js';
import { parseSchedule, playSchedule } from '../../src/replay/schedule.js';

test('reads a schedule', () => {
  expect(parseSchedule('1: unregister X; 2:direct mod B 1,2;1 ;2')).toEqual([
    { caller: 1, call: 'unregister X' },
    { caller: 2, call: 'direct mod B 1,2' },
    { caller: 1 },
    { caller: 2 },
  ]);
  for (const text of ['', '1; ', 'register X', '1:', 'one: register X'])
    expect(() => parseSchedule(text)).toThrow('is no step of a schedule');
});

test('reads where a caller stands, or what its call returned', () => {
  expect(parseCallerAnswer('stopped at ftrace_lock in f.isra.0; B PEER 0; WARN')).toEqual({
    kind: 'stopped',
    lock: 'ftrace_lock',
    function: 'f.isra.0',
    observed: ['B PEER 0', 'WARN'],
  });
  expect(parseCallerAnswer('blocked at B.lock in f, held by 2; ftrace_lock is held')).toEqual({
    kind: 'blocked',
    lock: 'B.lock',
    function: 'f',
    holder: 2,
    observed: ['ftrace_lock is held'],
  });
  expect(parseCallerAnswer('-EAGAIN; B PEER -EAGAIN')).toEqual({
    kind: 'returned',
    returned: '-EAGAIN',
    observed: ['B PEER -EAGAIN'],
  });
});

test('plays a schedule until the guest is lost', async () => {
  const commands: string[] = [];
  const guest = {
    async step(command: string): Promise<StepResult> {
      commands.push(command);
      return command === 'step 1'
        ? { kind: 'lost', how: 'oops', log: [] }
        : { kind: 'answered', outcome: '0', ok: true, warnings: [] };
    },
  };
  const played = await playSchedule(guest, '2: register X; 1; 2');
  expect(commands).toEqual(['start 2 register X', 'step 1']);
  expect(played.map(({ answer }) => answer.kind)).toEqual(['returned', 'lost']);
});
