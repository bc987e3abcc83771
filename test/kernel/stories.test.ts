import { afterAll, describe, expect, test } from 'vitest';
import { callsOf, replayTarget } from '../../src/cli/shared/replay/target.js';
import { guestOf, targetNamed } from '../../src/cli/shared/target.js';
import { bootGuest, type Guest } from '../../src/kernel/guest.js';
import type { GuestKind } from '../../src/kernel/guestSources.js';
import type { DebianKernel } from '../../src/kernel/kernels.js';
import { Lts } from '../../src/replay/lts.js';
import { emptyCoverage, runTrace } from '../../src/replay/runTrace.js';
import { check } from '../../src/search/check.js';
import { storyFiles, storyFolder } from '../storyFiles.js';
import { bootsKernels, title } from './play.js';

/** One guest for each kind and kernel, booted at its first use. */
const guests = new Map<string, Promise<Guest>>();
function guest(kernel: DebianKernel, kind: GuestKind): Promise<Guest> {
  const key = `${kernel} ${kind}`;
  const booted = guests.get(key) ?? bootGuest(kernel, { kind, stepLimit: 120_000 });
  guests.set(key, booted);
  return booted;
}

describe.runIf(bootsKernels)(`${title}: stories, on the kernel of their design`, () => {
  afterAll(async () => {
    for (const booted of guests.values()) await (await booted).close();
  });

  test.each(storyFiles)('%s', { timeout: 600_000 }, async (file) => {
    const { design, scope, paths } = replayTarget(new URL(file, storyFolder).pathname, undefined);
    const target = await targetNamed(design, scope, []);
    const { kernel } = target.design;
    const { kind, setups } = guestOf(target);
    expect(kernel).toBeDefined();
    const model = new Lts(await check(target.network, { keepTransitions: true }));
    const machine = await guest(kernel as DebianKernel, kind);
    for (const steps of paths!) {
      const calls = callsOf(steps);
      const walked = await runTrace(calls, model, machine, setups[0]!, emptyCoverage(model));
      expect(walked.difference).toBeUndefined();
      expect(walked.story.map(({ call }) => call)).toEqual(calls);
    }
  });
});
