import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DebianKernel } from '../../src/kernel/find.js';
import { bootGuest, type Guest } from '../../src/kernel/guest.js';
import { bootsKernels, play, testedKernels, title } from './play.js';

describe.runIf(bootsKernels).each<DebianKernel>(testedKernels)(`${title}: %s`, (kernel) => {
  const old = kernel === 'debian:6.1';
  const line = kernel.replace('debian:', '');
  const transcript: string[] = [];
  let guest: Guest;
  let onProgress: (line: string) => void = () => {};

  beforeAll(async () => {
    guest = await bootGuest(kernel, {
      stepLimit: 120_000,
      progress: (line) => onProgress(line),
      transcript: (line) => transcript.push(line),
    });
  }, 600_000);
  afterAll(() => guest?.close());

  test('runs the requested kernel', () => {
    expect(guest.kernel).toMatch(new RegExp(`^${line.replace('.', '\\.')}\\.\\d+-`));
    expect(guest.release).toContain('cloud-amd64');
  });

  test('a willing direct and an ipmodify share a function, and both take effect', async () => {
    const steps = ['setup records=2 X:ipmodify W:direct:willing T:tracer', 'add W 1', 'register W'];
    steps.push('add X 1', 'register X', 'modify W', 'add T 1', 'register T');
    steps.push('unregister X', 'unregister W', 'unregister T');
    expect(await play(guest, steps)).toEqual([
      '0; 1: (0) ... - ran -; 2: (0) ... - ran -',
      '0; 1: (0) ... - ran -; 2: (0) ... - ran -',
      '0; 1: (1) R.D W.a ran W.a; 2: (0) ... - ran -',
      '0; 1: (1) R.D W.a ran W.a; 2: (0) ... - ran -',
      '0; W PEER 0; 1: (2) RID W.a ran X,W.a; 2: (0) ... - ran -',
      '0; W SELF 0; 1: (2) RID W.b ran X,W.b; 2: (0) ... - ran -',
      '0; 1: (2) RID W.b ran X,W.b; 2: (0) ... - ran -',
      '0; 1: (3) RID W.b ran X,W.b,T; 2: (0) ... - ran -',
      '0; W DISABLE 0; 1: (2) R.D W.b ran W.b,T; 2: (0) ... - ran -',
      '0; 1: (1) ... - ran T; 2: (0) ... - ran -',
      '0; 1: (0) ... - ran -; 2: (0) ... - ran -',
    ]);
  });

  test('after -EAGAIN the next call succeeds on 6.12 only: 6.1 keeps the fields that the failed call set', async () => {
    const steps = ['setup records=1 X:ipmodify B:direct:bpf', 'add X 1', 'register X'];
    const outcomes = await play(guest, [...steps, 'add B 1', 'register B', 'register B']);
    expect(outcomes.slice(-2)).toEqual([
      '-EAGAIN; B SELF -EAGAIN; 1: (1) RI. - ran X',
      old ? '-EINVAL; 1: (1) RI. - ran X' : '0; B SELF 0; 1: (2) RID B.a ran X,B.a',
    ]);
  });

  test('a direct that grows by a filter call causes a WARN, and runs there on 6.12 only', async () => {
    const steps = ['setup records=2 W:direct:willing', 'add W 1', 'register W', 'add W 2'];
    const runs = line === '6.12' ? 'W.a' : '-';
    const outcome = `0; WARN; 1: (1) R.D W.a ran W.a; 2: (1) R.D - ran ${runs}`;
    expect((await play(guest, steps)).at(-1)).toBe(outcome);
    // The kernel uses WARN_ONCE here, but the guest must report the warning again.
    expect((await play(guest, [...steps, 'remove W 2', 'add W 2'])).at(-1)).toBe(outcome);
  });

  test('ftrace can die in a call that returns 0, and reset restores it', async () => {
    const steps = ['setup records=2 X:ipmodify V:direct:willing W:direct:willing', 'add X 1'];
    steps.push('register X', 'add W 1', 'register W', 'add V 2', 'register V', 'add V 1');
    const outcomes = await play(guest, [...steps, 'unregister W']);
    expect(outcomes.slice(-2)).toEqual(['0; V SELF 0; WARN; DEAD', '-ENODEV; DEAD']);
    expect(await play(guest, ['setup records=1 T:tracer'])).toEqual(['0; 1: (0) ... - ran -']);
  });

  test('an empty filter means every function', async () => {
    const steps = ['setup records=1 T:tracer', 'register T', 'unregister T'];
    expect(await play(guest, steps)).toEqual([
      '0; 1: (0) ... - ran -',
      '0; 1: (1) ... - ran T',
      '0; 1: (0) ... - ran -',
    ]);
  }, 600_000);

  test('the channel uses KTAP and judges by the allowed outcomes', async () => {
    await guest.reset();
    transcript.length = 0;
    await guest.plan(2);
    const setup = await guest.step('setup records=1 T:tracer', ['-EBUSY', '0; 1: (0) ... - ran -']);
    const add = await guest.step('add T 1', ['-EBUSY']);
    expect([setup, add]).toMatchObject([{ ok: true }, { ok: false }]);
    expect(transcript).toEqual([
      'KTAP version 1',
      '1..2',
      'ok 1 - setup records=1 T:tracer # 0; 1: (0) ... - ran -',
      'not ok 2 - add T 1 # 0; 1: (0) ... - ran -',
    ]);
  });

  test('an invalid command is refused with a message', async () => {
    await guest.reset();
    await expect(guest.step('dance')).rejects.toThrow('not a step: dance');
    await expect(guest.step('add X 1')).rejects.toThrow('not a step');
  });

  test('a guest whose QEMU ends is lost, and reset boots it again', async () => {
    await guest.reset();
    process.kill(guest.pid, 'SIGKILL');
    expect(await guest.step('setup records=1 T:tracer')).toMatchObject({ kind: 'lost' });
    await expect(guest.step('add T 1')).rejects.toThrow('reset() it first');
    expect(await play(guest, ['setup records=1 T:tracer'])).toEqual(['0; 1: (0) ... - ran -']);
  }, 600_000);

  test('a guest closed while it boots again leaves no QEMU, and stays closed', async () => {
    const first = guest.pid;
    let closed: Promise<void> | undefined;
    onProgress = () => {
      closed = guest.close();
    };
    process.kill(first, 'SIGKILL');
    await expect(guest.reset()).rejects.toThrow('closed');
    await closed;
    expect(guest.pid).not.toBe(first);
    expect(() => process.kill(guest.pid, 0)).toThrow('ESRCH');
    await expect(guest.step('setup records=1 T:tracer')).rejects.toThrow('closed');
  });
});
