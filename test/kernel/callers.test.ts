import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DebianKernel } from '../../src/kernel/find.js';
import { bootGuest, type Guest } from '../../src/kernel/guest.js';
import { playSchedule } from '../../src/replay/schedule.js';
import { overlapKernels } from './overlapKernels.js';
import { bootsKernels, play, title } from './play.js';

describe.runIf(bootsKernels).each<DebianKernel>(overlapKernels)(
  `${title}, with several callers: %s`,
  (kernel) => {
    /** From 7.0 on a callback names its record. */
    const of = /7\.\d$/.test(kernel) ? '(1)' : '';
    let guest: Guest;

    beforeAll(async () => {
      guest = await bootGuest(kernel, { stepLimit: 120_000 });
    }, 600_000);
    afterAll(() => guest?.close());

    /**
     * Plays `before` without callers, then a schedule. Returns a line for each step: its caller, and where it stands or
     * what its call returned. The functions are in docs/callers.md: each compiler inlines others.
     */
    const schedule = async (before: string[], text: string): Promise<string[]> => {
      expect(await play(guest, before)).toEqual(before.map(() => expect.stringMatching(/^0;/)));
      return (await playSchedule(guest, text)).map(({ step, answer }) => {
        if (answer.kind === 'lost') return `${step.caller}: lost: ${answer.how}`;
        const observed = answer.observed.map((one) => `; ${one}`).join('');
        if (answer.kind === 'returned') return `${step.caller}: ${answer.returned}${observed}`;
        const holder = answer.kind === 'blocked' ? `, held by ${answer.holder}` : '';
        return `${step.caller}: ${answer.kind} at ${answer.lock}${holder}${observed}`;
      });
    };

    test('an owner is sent DISABLE although another IPMODIFY ops shares its function', async () => {
      const before = ['setup records=1 X:ipmodify Y:ipmodify W:direct:willing', 'add W 1'];
      before.push('add X 1', 'add Y 1', 'register W', 'register X');
      const text = '1: unregister X; 1; 2: register Y; 2; 2; 2; 1; 1';
      const [shared, alone] = ['1: (2) RID W.a ran', '1: (1) R.D W.a ran W.a'];
      expect(await schedule(before, text)).toEqual([
        `1: stopped at ftrace_lock; ${shared} X,W.a`,
        `1: stopped at direct_mutex; ${alone}`,
        `2: stopped at direct_mutex; ${alone}`,
        `2: stopped at ftrace_lock; ${alone}`,
        `2: stopped at ftrace_lock; W PEER${of} 0; ${alone}`,
        `2: 0; W PEER${of} 0; ${shared} Y,W.a`,
        `1: stopped at ftrace_lock; ${shared} Y,W.a`,
        `1: 0; W DISABLE${of} 0; ${shared} Y,W.a`,
      ]);
    });

    test('an owner that tries its lock refuses while its own call waits', async () => {
      const before = ['setup records=1 X:ipmodify B:direct:trying', 'add B 1', 'register B'];
      const text = '1: modify B; 1; 2: register X; 2; 2';
      const record = '1: (1) R.D B.a ran B.a';
      expect(await schedule([...before, 'add X 1'], text)).toEqual([
        `1: stopped at B.lock; ${record}`,
        `1: stopped at direct_mutex; ${record}`,
        `2: stopped at direct_mutex; ${record}`,
        `2: stopped at ftrace_lock; ${record}`,
        `2: -EAGAIN; B PEER${of} -EAGAIN; ${record}`,
      ]);
    });

    test('the second of two registers waits for direct_mutex, and goes on when it is free', async () => {
      const before = ['setup records=2 S:tracer T:tracer', 'add S 1', 'add T 2'];
      const text = '1: register S; 2: register T; 1; 2; 2; 1; 2; 2';
      const none = '1: (0) ... - ran -; 2: (0) ... - ran -';
      const first = '1: (1) ... - ran S; 2: (0) ... - ran -';
      expect(await schedule(before, text)).toEqual([
        `1: stopped at direct_mutex; ${none}`,
        `2: stopped at direct_mutex; ${none}`,
        `1: stopped at ftrace_lock; ${none}`,
        `2: blocked at direct_mutex, held by 1; ${none}`,
        `2: blocked at direct_mutex, held by 1; ${none}`,
        `1: 0; ${first}`,
        `2: stopped at ftrace_lock; ${first}`,
        '2: 0; 1: (1) ... - ran S; 2: (1) ... - ran T',
      ]);
    });

    test('an owner that locks and its own call wait for each other', async () => {
      const before = ['setup records=1 X:ipmodify B:direct:locking', 'add B 1', 'register B'];
      const text = '1: modify B; 1; 2: register X; 2; 2; 2; 1; 2; 1';
      const record = '1: (1) R.D B.a ran B.a';
      expect((await schedule([...before, 'add X 1'], text)).slice(4)).toEqual([
        `2: stopped at B.lock; ${record}`,
        `2: blocked at B.lock, held by 1; ${record}`,
        `1: blocked at direct_mutex, held by 2; ${record}`,
        `2: blocked at B.lock, held by 1; ${record}`,
        `1: blocked at direct_mutex, held by 2; ${record}`,
      ]);
      expect(await play(guest, ['setup records=1 T:tracer'])).toEqual(['0; 1: (0) ... - ran -']);
    });

    test('under ftrace_lock no record can be read', async () => {
      const before = ['setup records=2 X:ipmodify B:direct:locking', 'add B 1', 'register B'];
      const text = '1: add B 2; 1; 1; 2: modify B; 1';
      expect((await schedule([...before, 'add X 2', 'register X'], text)).slice(2)).toEqual([
        '1: stopped at B.lock; ftrace_lock is held',
        '2: stopped at B.lock; ftrace_lock is held',
        expect.stringMatching(/^1: 0; B SELF(\(2\))? 0; 1: \(1\) R\.D B\.a ran B\.a; 2: \(2\) RID/),
      ]);
    });

    test('a step of a caller without a call is refused, and so is a second call', async () => {
      await play(guest, ['setup records=1 T:tracer', 'add T 1']);
      await expect(guest.step('step 1')).rejects.toThrow('not a step');
      await guest.step('start 1 register T');
      await expect(guest.step('start 1 register T')).rejects.toThrow('not a step');
      await expect(guest.step('start 4 register T')).rejects.toThrow('not a step');
    });
  },
);
