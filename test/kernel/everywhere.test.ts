import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callsOf } from '../../src/cli/shared/replay/target.js';
import { guestOf, targetNamed } from '../../src/cli/shared/target.js';
import { bootGuest, type Guest } from '../../src/kernel/guest.js';
import { Lts } from '../../src/replay/lts.js';
import { emptyCoverage, runTrace } from '../../src/replay/runTrace.js';
import { check } from '../../src/search/check.js';
import { everywhere } from '../everywhere.js';
import { bootsKernels, testedKernels, title } from './play.js';

const versionOf = (kernel: string) => kernel.slice('debian:'.length);

describe.runIf(bootsKernels).each(testedKernels)(
  `${title}: stories of every kernel, on %s`,
  (kernel) => {
    let guest: Guest;
    beforeAll(async () => {
      guest = await bootGuest(kernel, { kind: 'clients', stepLimit: 120_000 });
    });
    afterAll(() => guest?.close());

    const here = everywhere.filter(({ differsOn }) => !differsOn.includes(versionOf(kernel)));
    test.each(here)('$name', async ({ scope, paths }) => {
      const target = await targetNamed(`clients@linux-${versionOf(kernel)}`, scope, []);
      const { setups } = guestOf(target);
      const model = new Lts(await check(target.network, { keepTransitions: true }));
      for (const steps of paths) {
        const calls = callsOf(steps);
        const walked = await runTrace(calls, model, guest, setups[0]!, emptyCoverage(model));
        expect(walked.difference).toBeUndefined();
        expect(walked.story.map(({ call }) => call)).toEqual(calls);
      }
    });
  },
);
