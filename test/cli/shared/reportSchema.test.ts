import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Report } from '../../../src/cli/shared/report.js';
import { reportSchema } from '../../../src/cli/shared/reportSchema.js';
import { build, fixture, recwalk, root } from '../recwalk.js';

const SLOW = { timeout: 600_000 };
beforeAll(build, 600_000);

/** The published schema itself, used as a validator. */
const published = JSON.parse(readFileSync(join(root, 'docs/check.schema.json'), 'utf8'));

test('the published schema equals that of the code (if not, publish the received value)', () => {
  expect(published).toEqual(z.toJSONSchema(reportSchema));
  expect(published.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
});

describe('the output of check --json conforms to the published schema', SLOW, () => {
  const schema = z.fromJSONSchema(published);
  test.each([
    ['designs, with broken rules', ['proposal', 'linux-6.12', '--scope', 'small']],
    ['a search that was stopped', ['proposal', '--scope', 'small', '--max-states', '9']],
    ['a design that has edits', ['linux-6.12', '--scope', 'edits', '--rule', 'ftrace-lives']],
    ['a network of one\u2019s own', [fixture('lamp.ts'), fixture('broken-lamp.ts')]],
    ['a finding', [fixture('dead-end.ts')]],
    ['rules about whole paths', [join(root, 'docs/examples/uploads.ts')]],
    ['calls that overlap', ['linux-6.12', '--scope', 'callers', '--rule', 'serializable']],
    ['goals out of scope', ['linux-6.12', '--scope', 'ipmodify=1,tracer=1']],
    ['what was not exercised', [fixture('vacuous-lamp.ts')]],
  ])('%s', async (_what, args) => {
    const { stdout } = await recwalk(['check', ...args, '--json']);
    const printed = JSON.parse(stdout);
    expect(reportSchema.safeParse(printed).error).toBeUndefined();
    expect(schema.safeParse(printed).error).toBeUndefined();
    const rules = printed.results.flatMap((result: Report['results'][number]) => result.rules);
    for (const { verdict, evidence } of rules as Report['results'][number]['rules'])
      if (evidence !== undefined) expect(verdict).toBe('broken');
    // The schema rejects other documents.
    const optional = ['stopped', 'vacuity'];
    for (const key of Object.keys(printed.results[0]).filter((k) => !optional.includes(k))) {
      const { [key]: _gone, ...rest } = printed.results[0];
      const without = { ...printed, results: [rest, ...printed.results.slice(1)] };
      expect(schema.safeParse(without).success, `without ${key}`).toBe(false);
    }
  });
});
