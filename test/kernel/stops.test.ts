import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DebianKernel } from '../../src/kernel/find.js';
import { bootGuest, type Guest } from '../../src/kernel/guest.js';
import { parseCallerAnswer } from '../../src/replay/callerAnswer.js';
import { overlapKernels } from './overlapKernels.js';
import { bootsKernels, play, title } from './play.js';

const SETUP = 'setup records=2 X:ipmodify T:tracer B:direct:willing C:direct:bpf K:direct:locking';

interface Row {
  readonly call: string;
  readonly after: readonly string[];
  /** The stops and callbacks, as the page writes them. */
  readonly passes: readonly string[];
}

/** The rows of the tables of docs/callers.md, with the functions of the newest kernels. */
const rows: readonly Row[] = [
  ...readFileSync(new URL('../../docs/callers.md', import.meta.url), 'utf8').matchAll(
    /^\| `([^`]+)` \| (.*?) ?\| (.*?) ?\|$/gm,
  ),
]
  .map(([, call, after, passes]) => ({
    call: call!,
    after: [...after!.matchAll(/`([^`]+)`/g)].map(([, step]) => step!),
    passes: passes!.split(', ').filter(Boolean),
  }))
  .filter(({ passes }) => passes.every((one) => /^`\S+` in `\S+`$|^[A-Z]+$/.test(one)));

/** A stop with the name that its function has on this kernel. */
const on = (kernel: DebianKernel, stop: string): string =>
  kernel === 'debian:6.1'
    ? stop.replace('_ftrace_direct`', '_ftrace_direct_multi`')
    : kernel === 'debian:6.12'
      ? stop.replace('register_ftrace_function_nolock', 'register_ftrace_direct')
      : stop;

/** The stops and callbacks of a call that runs alone. */
async function passedBy(guest: Guest, call: string): Promise<readonly string[]> {
  const passes: string[] = [];
  let callbacks = 0;
  for (let command = `start 1 ${call}`; ; command = 'step 1') {
    const result = await guest.step(command);
    if (result.kind === 'lost') return [...passes, `lost: ${result.how}`];
    const answer = parseCallerAnswer(result.outcome);
    const commands = answer.observed.flatMap(
      (one) => /^\w+ (SELF|PEER|DISABLE)\b/.exec(one)?.slice(1) ?? [],
    );
    passes.push(...commands.slice(callbacks));
    callbacks = commands.length;
    if (answer.kind === 'returned') return passes;
    passes.push(`\`${answer.lock}\` in \`${answer.function}\``);
  }
}

test('finds the rows of both tables', () => {
  expect(rows.length).toBe(36);
});

describe.runIf(bootsKernels).each<DebianKernel>(overlapKernels)(
  `${title}, with one call at a time: %s`,
  (kernel) => {
    const known = rows.filter(({ call }) => /7\.\d$/.test(kernel) || !call.startsWith('direct '));
    let guest: Guest;

    beforeAll(async () => {
      guest = await bootGuest(kernel, { stepLimit: 120_000 });
    }, 600_000);
    afterAll(() => guest?.close());

    test.each(known)('$call after $after', async ({ call, after, passes }) => {
      const before = [SETUP, ...after];
      expect(await play(guest, before)).toEqual(before.map(() => expect.stringMatching(/^0;/)));
      expect(await passedBy(guest, call)).toEqual(passes.map((stop) => on(kernel, stop)));
    });
  },
);
