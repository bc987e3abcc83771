import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DebianKernel } from '../../src/kernel/find.js';
import { bootGuest, type Guest } from '../../src/kernel/guest.js';
import { bootsKernels, play, title } from './play.js';

describe.runIf(bootsKernels).each<DebianKernel>(['debian:6.1', 'debian:6.12'])(
  `${title}, called with misuse: %s`,
  (kernel) => {
    const old = kernel === 'debian:6.1';
    let guest: Guest;

    beforeAll(async () => {
      guest = await bootGuest(kernel, { stepLimit: 120_000 });
    }, 600_000);
    afterAll(() => guest?.close());

    test('owners get commands for an ipmodify that is registered twice or unregistered idle', async () => {
      const steps = ['setup records=1 X:ipmodify W:direct:willing', 'add W 1', 'register W'];
      steps.push('add X 1', 'unregister X', 'register X', 'register X');
      expect((await play(guest, steps)).slice(-3)).toEqual([
        '-EBUSY; W DISABLE 0; WARN; 1: (1) R.D W.a ran W.a',
        '0; W PEER 0; 1: (2) RID W.a ran X,W.a',
        '-EBUSY; W PEER 0; WARN; 1: (2) RID W.a ran X,W.a',
      ]);
    });

    test('a direct registered twice or unregistered idle is refused without a warning', async () => {
      const steps = ['setup records=1 W:direct:willing', 'add W 1', 'unregister W', 'register W'];
      expect((await play(guest, [...steps, 'register W'])).slice(-3)).toEqual([
        '-EINVAL; 1: (0) ... - ran -',
        '0; 1: (1) R.D W.a ran W.a',
        '-EINVAL; 1: (1) R.D W.a ran W.a',
      ]);
    });

    test('unregistered with the other trampoline, a direct leaves its entry', async () => {
      const steps = ['setup records=1 W:direct:willing V:direct:willing', 'add W 1', 'register W'];
      steps.push('unregister W other', 'register W', 'add V 1', 'register V');
      expect((await play(guest, steps)).slice(3)).toEqual([
        '0; 1: (0) ... - ran -',
        '-EBUSY; 1: (0) ... - ran -',
        '0; 1: (0) ... - ran -',
        '-EBUSY; 1: (0) ... - ran -',
      ]);
    });

    test('after plain unregister, a direct needs plain register', async () => {
      const steps = ['setup records=1 W:direct:willing', 'add W 1', 'register W', 'modify W'];
      steps.push('plain unregister W', 'register W', 'plain register W', 'unregister W');
      expect((await play(guest, steps)).slice(4)).toEqual([
        '0; 1: (0) ... - ran -',
        '-EINVAL; 1: (0) ... - ran -',
        '0; 1: (1) R.D W.b ran W.b',
        '0; 1: (0) ... - ran -',
      ]);
    });

    test('a plain register of an idle direct makes the function jump to NULL', async () => {
      const steps = ['setup records=1 W:direct:willing', 'add W 1', 'plain register W'];
      expect((await play(guest, steps)).at(-1)).toBe('lost: oops');
    });

    test('with another ops on the function, ftrace finds NULL and dies', async () => {
      const steps = ['setup records=1 T:tracer W:direct:willing', 'add T 1', 'register T'];
      steps.push('add W 1', 'plain register W', 'unregister T');
      expect((await play(guest, steps)).slice(-2)).toEqual([
        '0; 1: (2) ... - ran -; WARN while looking',
        '-ENODEV; DEAD',
      ]);
    });

    test('notrace is refused to ipmodify; a direct keeps its entry', async () => {
      const steps = ['setup records=2 X:ipmodify W:direct:willing', 'notrace X 1', 'add W 1'];
      steps.push('add W 2', 'register W', 'notrace W 1', 'modify W', 'notrace W none');
      expect((await play(guest, steps)).slice(-7)).toEqual([
        '-EINVAL; 1: (0) ... - ran -; 2: (0) ... - ran -',
        '0; 1: (0) ... - ran -; 2: (0) ... - ran -',
        '0; 1: (0) ... - ran -; 2: (0) ... - ran -',
        '0; 1: (1) R.D W.a ran W.a; 2: (1) R.D W.a ran W.a',
        '0; 1: (0) ... - ran -; 2: (1) R.D W.a ran W.a',
        '0; 1: (0) ... - ran -; 2: (1) R.D W.b ran W.b',
        '0; 1: (1) R.D W.b ran W.b; 2: (1) R.D W.b ran W.b',
      ]);
    });

    test('the removal of a notrace entry asks no owner', async () => {
      const steps = ['setup records=1+2 X:ipmodify R:direct:refusing', 'add R 1', 'notrace R 1'];
      steps.push('register R', 'add X 1', 'register X', 'notrace R none');
      expect((await play(guest, steps)).at(-1)).toBe('0; 1: (2) RID R.a ran X,R.a');
    });

    test('on 6.12 notrace leaves REGS to a tracer that does not need it', async () => {
      const steps = ['setup records=1 T:tracer S:regs', 'add T 1', 'register T', 'add S 1'];
      const outcomes = await play(guest, [...steps, 'register S', 'notrace S 1']);
      expect(outcomes.at(-1)).toBe(`0; 1: (1) ${old ? '...' : 'R..'} - ran T`);
    });

    test('a positive answer counts as agreement, except in modify, and no owner after it is asked', async () => {
      const steps = ['setup records=2 X:ipmodify P:direct:positive Q:direct:positive', 'add P 1'];
      steps.push('register P', 'add Q 2', 'register Q', 'add X 1', 'add X 2', 'register X');
      const shared = '1: (2) RID P.a ran X,P.a; 2: (2) RID Q.a ran X,Q.a';
      // The hash of X's filter decides which owner is asked first.
      expect((await play(guest, [...steps, 'modify P'])).slice(-2)).toEqual([
        expect.toBeOneOf([`0; P PEER 1; ${shared}`, `0; Q PEER 1; ${shared}`]),
        `1; P SELF 1; ${shared}`,
      ]);
    });

    test('an owner that moves away during PEER gets no DISABLE', async () => {
      const steps = ['setup records=2 X:ipmodify M:direct:moving', 'add M 1', 'add M 2'];
      steps.push('register M', 'add X 1', 'register X', 'unregister X');
      expect((await play(guest, steps)).slice(-2)).toEqual([
        '0; M PEER 0; 1: (1) RI. - ran X; 2: (1) R.D M.a ran M.a',
        '0; 1: (0) ... - ran -; 2: (1) R.D M.a ran M.a',
      ]);
    });

    test('an owner cannot move away from its only function', async () => {
      const steps = ['setup records=1 X:ipmodify M:direct:moving', 'add M 1', 'register M'];
      const outcomes = await play(guest, [...steps, 'add X 1', 'register X']);
      expect(outcomes.at(-1)).toBe('0; M PEER 0; 1: (2) RID M.a ran X,M.a');
    });

    test('while off, ftrace keeps its accounting; on again, everything runs', async () => {
      const steps = ['setup records=1 X:ipmodify W:direct:willing', 'add X 1', 'add W 1'];
      steps.push('register W', 'ftrace_enabled 0', 'register X', 'modify W', 'ftrace_enabled 1');
      expect((await play(guest, steps)).slice(-4)).toEqual([
        '0; 1: (0) ... - ran -',
        '0; W PEER 0; 1: (0) ... - ran -',
        '0; W SELF 0; 1: (0) ... - ran -',
        '0; 1: (2) RID W.b ran X,W.b',
      ]);
    });

    test('REGS stays if its ops leaves while ftrace is off, and ftrace dies later', async () => {
      const steps = ['setup records=2 S:regs T:tracer', 'add S 1', 'register S'];
      steps.push('ftrace_enabled 0', 'unregister S', 'ftrace_enabled 1', 'add T 2', 'register T');
      steps.push('unregister T', 'ftrace_enabled 0');
      expect((await play(guest, steps)).slice(-3)).toEqual([
        '0; 1: (0) ... - ran -; 2: (1) ... - ran T',
        '0; WARN; DEAD',
        '-ENODEV; DEAD',
      ]);
    });

    test('an empty filter, an absent record, the last record', async () => {
      const steps = ['setup records=1 X:ipmodify W:direct:willing', 'register W', 'add X 1'];
      steps.push('remove X 1', 'register X', 'remove X 1', 'add X 1', 'add X 1', 'register X');
      const outcomes = await play(guest, [...steps, 'remove X 1']);
      const errnos = outcomes.map((outcome) => outcome.split(';')[0]);
      expect(errnos.join(' ')).toBe('0 -EINVAL 0 0 -EINVAL -ENOENT 0 0 0 -EINVAL');
    });

    test.each(['register X', 'unregister X'])(
      '%s of an ops without a filter oopses',
      async (call) => {
        const steps = ['setup records=1 X:ipmodify', call];
        expect((await play(guest, steps)).at(-1)).toBe('lost: oops');
      },
    );

    test('direct calls on an ops that was never initialized are refused; unregister oopses on 6.1', async () => {
      const steps = ['setup records=1 W:direct:willing', 'register W', 'modify W', 'unregister W'];
      const refused = '-EINVAL; 1: (0) ... - ran -';
      expect((await play(guest, steps)).slice(1)).toEqual([
        refused,
        refused,
        old ? 'lost: oops' : refused,
      ]);
    });

    test('a PERMANENT ops and ftrace_enabled = 0 exclude each other', async () => {
      const steps = ['setup records=1 X:ipmodify', 'preset X permanent', 'add X 1', 'register X'];
      steps.push('ftrace_enabled 0', 'unregister X', 'ftrace_enabled 0', 'register X');
      const errnos = (await play(guest, steps)).map((outcome) => outcome.split(';')[0]);
      expect(errnos.join(' ')).toBe('0 0 0 0 -EBUSY 0 0 -EBUSY');
    });

    test('a register drops the flags that the caller of a direct ops set', async () => {
      const steps = ['setup records=1 W:direct:willing', 'add W 1', 'preset W permanent'];
      steps.push('preset W ipmodify', 'register W', 'ftrace_enabled 0');
      const errnos = (await play(guest, steps)).map((outcome) => outcome.split(';')[0]);
      expect(errnos.join(' ')).toBe('0 0 0 0 0 0');
    });

    test('a scripted owner answers in order, and changes its filter', async () => {
      const steps = ['setup records=2 X:ipmodify Q:direct:scripted', 'add Q 1', 'add Q 2'];
      steps.push('register Q', 'add X 1', 'script Q -EBUSY,remove 1', 'register X', 'register X');
      expect((await play(guest, steps)).slice(-2)).toEqual([
        '-EBUSY; Q PEER -EBUSY; 1: (1) R.D Q.a ran Q.a; 2: (1) R.D Q.a ran Q.a',
        '0; Q PEER 0; 1: (1) RI. - ran X; 2: (1) R.D Q.a ran Q.a',
      ]);
    });

    test.each(['plain modify W', 'unregister W twice', 'notrace W 2', 'ftrace_enabled 2'])(
      'an invalid command is refused with a message: %s',
      async (command) => {
        await play(guest, ['setup records=1 W:direct:willing']);
        await expect(guest.step(command)).rejects.toThrow(`not a step: ${command}`);
      },
    );
  },
);
