import { expect, test } from 'vitest';
import { failureIn, mostSevere } from '../../src/kernel/guestFailure.js';

test.each([
  ['[ 4.1] BUG: kernel NULL pointer dereference, address: 0000000000000008', 'oops'],
  ['[ 4.1] general protection fault, probably for non-canonical address', 'oops'],
  ['[ 4.1] Oops: 0002 [#1] PREEMPT SMP NOPTI', 'oops'],
  ['[ 4.1] Kernel panic - not syncing: Fatal exception', 'panic'],
  ['[ 4.1] INFO: task init:78 blocked for more than 120 seconds.', 'hang'],
  ['[ 4.1] watchdog: BUG: soft lockup - CPU#0 stuck for 22s! [init:1]', 'hang'],
  ['[ 4.1] WARNING: CPU: 0 PID: 78 at kernel/trace/ftrace.c:1974', undefined],
  ['[ 4.1] recwalk: module verification failed', undefined],
])('%s', (line, failure) => {
  expect(failureIn(line)).toBe(failure);
});

test('a panic outranks the oops before it', () => {
  expect(mostSevere(['oops', 'oops', 'panic'])).toBe('panic');
  expect(mostSevere(['oops'])).toBe('oops');
  expect(mostSevere([])).toBeUndefined();
});
