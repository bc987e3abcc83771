import { expect, test } from 'vitest';
import { parseAnswer, parseDiagnostic, stepLine } from '../../src/kernel/answer.js';

test('an answer has a verdict, a number, a command and an outcome', () => {
  const line =
    'not ok 12 - register X # -EBUSY; W PEER 0; 1: (1) R.D W.a ran W.a; 2: (0) ... - ran -';
  expect(parseAnswer(line)).toEqual({
    ok: false,
    number: 12,
    command: 'register X',
    outcome: '-EBUSY; W PEER 0; 1: (1) R.D W.a ran W.a; 2: (0) ... - ran -',
  });
  expect(parseAnswer('ok 1 - add W 1 # 0; DEAD')?.ok).toBe(true);
});

test('other lines of the channel are not answers', () => {
  for (const line of ['', 'KTAP version 1', '1..7', 'sync 3', '# WARNING: CPU: 0', 'lost 9']) {
    expect(parseAnswer(line)).toBeUndefined();
  }
});

test('a diagnostic is forwarded without its mark', () => {
  expect(parseDiagnostic('# WARNING: CPU: 0 PID: 1')).toBe('WARNING: CPU: 0 PID: 1');
  expect(parseDiagnostic('# WARNING: kernel/trace/ftrace.c:2400 at f+0x1/0x2, CPU#0')).toBe(
    'WARNING: kernel/trace/ftrace.c:2400 at f+0x1/0x2, CPU#0',
  );
  expect(parseDiagnostic('ok 1 - x # 0')).toBeUndefined();
});

test('a step is one line with every allowed outcome', () => {
  expect(stepLine('add W 1')).toBe('step add W 1\n');
  expect(stepLine('add W 1', [])).toBe('step add W 1\n');
  expect(stepLine('add W 1', ['0', '-EBUSY'])).toBe('step add W 1 => 0 || -EBUSY\n');
  expect(() => stepLine('add W 1\nadd W 2')).toThrow('one line');
});
