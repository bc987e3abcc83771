import { expect, test } from 'vitest';
import { numberedLines } from '../../../../src/cli/shared/render/storyLines.js';

test('a state is printed when it changes, an event each time', () => {
  const shared = ['0', 'W SELF 0', '1: (2) RID W.a ran X,W.a', '2: (0) ... - ran -'];
  const steps = [
    { call: 'add W 1', outcome: ['0', '1: (1) RI. - ran X', '2: (0) ... - ran -'] },
    { call: 'register W records 1', outcome: shared },
    { call: 'modify W', outcome: shared },
    { call: 'modify W', outcome: ['0', ...shared.slice(2)] },
  ];
  expect(numberedLines(steps)).toEqual([
    '  1  add W 1               0',
    '  2  register W records 1  0; W SELF 0; 1: (2) RID W.a ran X,W.a',
    '  3  modify W              0; W SELF 0',
    '  4  modify W              0',
  ]);
});
