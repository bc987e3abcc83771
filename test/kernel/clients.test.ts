import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DebianKernel } from '../../src/kernel/find.js';
import { bootGuest, type Guest } from '../../src/kernel/guest.js';
import { bootsKernels, play, title } from './play.js';

const IDLE = '1: (0) ... - ran original; 2: (0) ... - ran original';

describe.runIf(bootsKernels).each<DebianKernel>(['debian:6.1', 'debian:6.12'])(
  `${title}, with the real clients of ftrace: %s`,
  (kernel) => {
    const old = kernel === 'debian:6.1';
    let guest: Guest;

    beforeAll(async () => {
      guest = await bootGuest(kernel, { kind: 'clients', stepLimit: 120_000 });
    }, 600_000);
    afterAll(() => guest?.close());

    test('all clients at once, and then none', async () => {
      const steps = ['setup livepatch=1', 'register kprobe P', 'register kprobe P2'];
      steps.push('attach fentry', 'attach fexit', 'start tracer', 'enable livepatch');
      steps.push('register kprobe R', 'stop tracer', 'detach fentry', 'unregister kprobe P');
      steps.push(
        'disable livepatch',
        'unregister kprobe R',
        'detach fexit',
        'unregister kprobe P2',
      );
      const idle = '2: (0) ... - ran original';
      const traced = '2: (1) ... - ran original,tracer';
      expect(await play(guest, steps)).toEqual([
        `0; ${IDLE}`,
        `0; 1: (1) R.. - ran original,P; ${idle}`,
        `0; 1: (1) R.. - ran original,P,P2; ${idle}`,
        `0; 1: (2) R.D bpf ran original,fentry,P,P2; ${idle}`,
        `0; 1: (2) R.D bpf ran original,fentry,fexit,P,P2; ${idle}`,
        `0; 1: (3) R.D bpf ran original,fentry,fexit,P,P2,tracer; ${traced}`,
        `0; 1: (4) RID bpf ran patched,fentry,fexit,P,P2,tracer; ${traced}`,
        '0; 1: (4) RID bpf ran patched,fentry,fexit,P,P2,tracer; 2: (2) RI. - ran original,R,tracer',
        '0; 1: (3) RID bpf ran patched,fentry,fexit,P,P2; 2: (1) RI. - ran original,R',
        '0; 1: (3) RID bpf ran patched,fexit,P,P2; 2: (1) RI. - ran original,R',
        '0; 1: (3) RID bpf ran patched,fexit,P2; 2: (1) RI. - ran original,R',
        '0; 1: (2) R.D bpf ran original,fexit,P2; 2: (1) RI. - ran original,R',
        `0; 1: (2) R.D bpf ran original,fexit,P2; ${idle}`,
        `0; 1: (1) R.. - ran original,P2; ${idle}`,
        `0; ${IDLE}`,
      ]);
    });

    test('a direct without an owner and a livepatch refuse each other', async () => {
      const steps = ['setup livepatch=1', 'load sample', 'enable livepatch', 'unload sample'];
      steps.push('enable livepatch', 'load sample', 'disable livepatch');
      expect(await play(guest, steps)).toEqual([
        `0; ${IDLE}`,
        '0; 1: (1) R.D sample ran original,sample; 2: (0) ... - ran original',
        '-EBUSY; 1: (1) R.D sample ran original,sample; 2: (0) ... - ran original',
        `0; ${IDLE}`,
        '0; 1: (1) .I. - ran patched; 2: (0) ... - ran original',
        '-EBUSY; 1: (1) .I. - ran patched; 2: (0) ... - ran original',
        `0; ${IDLE}`,
      ]);
    });

    test('a livepatch of both functions applies to both or to none', async () => {
      const steps = ['setup livepatch=2', 'register kprobe R', 'enable livepatch'];
      steps.push('unregister kprobe R', 'enable livepatch', 'register kprobe R');
      const patched = '1: (1) .I. - ran patched; 2: (1) .I. - ran patched';
      expect((await play(guest, steps)).slice(2)).toEqual([
        '-EBUSY; 1: (0) ... - ran original; 2: (1) RI. - ran original,R',
        `0; ${IDLE}`,
        `0; ${patched}`,
        `-EBUSY; ${patched}`,
      ]);
    });

    test('a livepatch and ftrace_enabled = 0 refuse each other', async () => {
      const steps = ['setup livepatch=1', 'register kprobe R', 'ftrace_enabled 0'];
      steps.push('enable livepatch', 'ftrace_enabled 1', 'enable livepatch', 'ftrace_enabled 0');
      const probed = '1: (0) ... - ran original; 2: (1) RI. - ran original,R';
      const both = '1: (1) .I. - ran patched; 2: (1) RI. - ran original,R';
      expect((await play(guest, steps)).slice(1)).toEqual([
        `0; ${probed}`,
        `0; ${IDLE}`,
        `-EBUSY; ${IDLE}`,
        `0; ${probed}`,
        `0; ${both}`,
        `-EBUSY; ${both}`,
      ]);
    });

    test('a second livepatch, and one that replaces both', async () => {
      const steps = ['setup livepatch=2', 'enable livepatch', 'enable livepatch2'];
      steps.push('disable livepatch', 'enable livepatch', 'enable replacement');
      steps.push('enable livepatch2', 'disable replacement', 'disable livepatch2');
      const both = (first: string, second: string) =>
        `0; 1: (1) .I. - ran ${first}; 2: (1) .I. - ran ${second}`;
      const idle = (number: number) => `${number}: (0) ... - ran original`;
      expect((await play(guest, steps)).slice(1)).toEqual([
        both('patched', 'patched'),
        both('patched2', 'patched'),
        `0; 1: (1) .I. - ran patched2; ${idle(2)}`,
        both('patched', 'patched'),
        `0; ${idle(1)}; 2: (1) .I. - ran replaced`,
        both('patched2', 'replaced'),
        `0; 1: (1) .I. - ran patched2; ${idle(2)}`,
        `0; ${IDLE}`,
      ]);
    });

    test('programs attach again as the first time', async () => {
      const once = ['attach fentry', 'attach fexit', 'detach fentry', 'detach fexit'];
      const outcomes = await play(guest, ['setup livepatch=1', ...once, ...once]);
      expect(outcomes.slice(1, 5)).toEqual([
        '0; 1: (1) R.D bpf ran original,fentry; 2: (0) ... - ran original',
        '0; 1: (1) R.D bpf ran original,fentry,fexit; 2: (0) ... - ran original',
        '0; 1: (1) R.D bpf ran original,fexit; 2: (0) ... - ran original',
        `0; ${IDLE}`,
      ]);
      expect(outcomes.slice(5)).toEqual(outcomes.slice(1, 5));
    });

    test('on 6.1 ftrace dies if fexit joins fentry on a patched function; reset restores it', async () => {
      const steps = ['setup livepatch=1', 'enable livepatch', 'attach fentry', 'attach fexit'];
      expect((await play(guest, [...steps, 'start tracer'])).slice(2)).toEqual([
        '0; 1: (2) RID bpf ran patched,fentry; 2: (0) ... - ran original',
        ...(old
          ? ['0; DEAD', '-ENODEV; DEAD']
          : [
              '0; 1: (2) RID bpf ran patched,fentry,fexit; 2: (0) ... - ran original',
              '0; 1: (3) RID bpf ran patched,fentry,fexit,tracer; 2: (1) ... - ran original,tracer',
            ]),
      ]);
      expect(await play(guest, ['setup livepatch=1'])).toEqual([`0; ${IDLE}`]);
    });

    test('on 6.1 a kprobe unregistered after that crashes the guest', async () => {
      const steps = ['setup livepatch=1', 'register kprobe Q', 'attach fentry', 'attach fexit'];
      steps.push('detach fexit', 'detach fentry', 'unregister kprobe Q');
      expect((await play(guest, steps)).slice(-3)).toEqual(
        old
          ? ['0; WARN; DEAD', '0; WARN; DEAD', 'lost: oops']
          : [
              '0; 1: (2) RID bpf ran original,fentry,Q; 2: (0) ... - ran original',
              '0; 1: (1) RI. - ran original,Q; 2: (0) ... - ran original',
              `0; ${IDLE}`,
            ],
      );
      expect(await play(guest, ['setup livepatch=1'])).toEqual([`0; ${IDLE}`]);
    });

    test('on a function armed by a kprobe without post_handler, one with post_handler stays after its unregister', async () => {
      const steps = ['setup livepatch=1', 'register kprobe R', 'register kprobe P'];
      steps.push('register kprobe Q', 'unregister kprobe P', 'unregister kprobe Q');
      expect((await play(guest, steps)).slice(-3)).toEqual([
        '0; 1: (1) R.. - ran original,P,Q; 2: (1) RI. - ran original,R',
        '0; 1: (1) R.. - ran original,Q; 2: (1) RI. - ran original,R',
        '0; WARN; 1: (1) R.. - ran original,Q; 2: (0) ... - ran original',
      ]);
    });

    test('whether a kprobe’s other body runs beside fexit depends on the other function', async () => {
      const steps = ['setup livepatch=1', 'attach fexit', 'register kprobe O'];
      const outcome = (body: string, second: string) =>
        `0; 1: (2) RID bpf ran ${body},fexit,O; 2: ${second}`;
      expect((await play(guest, steps)).at(-1)).toBe(
        outcome('overridden', '(0) ... - ran original'),
      );
      steps.splice(1, 0, 'register kprobe R');
      expect((await play(guest, steps)).at(-1)).toBe(
        outcome('original', '(1) RI. - ran original,R'),
      );
    });

    test.each(['setup livepatch=3', 'attach P', 'register kprobe X', 'enable event P'])(
      'an invalid command is refused with a message: %s',
      async (command) => {
        await guest.reset();
        await expect(guest.step(command)).rejects.toThrow(`not a step: ${command}`);
      },
    );
  },
);
