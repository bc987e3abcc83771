import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/model/userError.js';
import { type PathsFile, parsePathsFile } from '../../src/paths/pathsJson.js';

const step = fc.record({
  call: fc.string({ minLength: 1 }),
  outcome: fc.array(fc.string(), { minLength: 1, maxLength: 3 }),
});

const file: fc.Arbitrary<PathsFile> = fc.record({
  tool: fc.constant('recwalk' as const),
  version: fc.string(),
  design: fc.string(),
  scope: fc.string(),
  cover: fc.constant('transitions'),
  coverage: fc.record({
    taken: fc.nat(),
    of: fc.nat(),
    steps: fc.nat(),
    paths: fc.nat(),
    lowerBound: fc.nat(),
    never: fc.array(fc.string(), { maxLength: 2 }),
  }),
  paths: fc.array(
    fc.record({ description: fc.string(), steps: fc.array(step, { minLength: 1, maxLength: 3 }) }),
    { maxLength: 3 },
  ),
});

const faultOf = (text: string): string => {
  try {
    parsePathsFile(text, 'paths.json');
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return 'no fault';
};

const whole: PathsFile = {
  tool: 'recwalk',
  version: '0.1.0',
  design: 'proposal',
  scope: 'small',
  cover: 'transitions',
  coverage: { taken: 1, of: 1, steps: 1, paths: 1 },
  paths: [{ steps: [{ call: 'add X 1', outcome: ['0', '1: (0) ... - ran -'] }] }],
};

test('any paths file parses back', () => {
  fc.assert(
    fc.property(file, (written) => {
      expect(parsePathsFile(JSON.stringify(written), 'paths.json')).toEqual(written);
    }),
  );
});

test('RW301 for a file cut off anywhere, in one line that names the file and the fix', () => {
  const text = JSON.stringify(whole, null, 2);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: text.length - 1 }), (length) => {
      const message = faultOf(text.slice(0, length));
      expect(message).toMatch(
        /^RW301: paths\.json is not complete JSON .*recwalk paths --to json$/,
      );
    }),
  );
});

describe('RW302 for JSON that is no paths file', () => {
  const step = whole.paths[0]!.steps[0]!;
  const without = { ...whole, design: undefined };
  test.each<readonly [what: string, data: unknown, place: string]>([
    ['another program wrote it', { ...whole, tool: 'other' }, 'tool'],
    ['it is a list', [], 'top'],
    ['the design is missing', without, 'design'],
    ['a path has no steps', { ...whole, paths: [{ steps: [] }] }, 'paths.0.steps'],
    [
      'a step has no outcome',
      { ...whole, paths: [{ steps: [step, { call: 'add X 2' }] }] },
      'paths.0.steps.1.outcome',
    ],
    [
      'an outcome is a number',
      { ...whole, paths: [{ steps: [{ ...step, outcome: [0] }] }] },
      'paths.0.steps.0.outcome.0',
    ],
  ])('%s', (_what, data, place) => {
    const message = faultOf(JSON.stringify(data));
    expect(message).toContain(`RW302: paths.json is not a file of paths: ${place}: `);
    expect(message).not.toContain('\n');
  });
});

test('RW302 for a control character in any text, with the place and the character', () => {
  const [path] = whole.paths;
  const [step] = path!.steps;
  const nasty = 'x\n$(reboot)';
  const withPath = (changed: object) => ({ ...whole, paths: [{ ...path!, ...changed }] });
  const withStep = (changed: object) => withPath({ steps: [{ ...step!, ...changed }] });
  for (const [where, file] of [
    ['design', { ...whole, design: nasty }],
    ['scope', { ...whole, scope: nasty }],
    ['paths.0.description', withPath({ description: nasty })],
    ['paths.0.steps.0.call', withStep({ call: nasty })],
    ['paths.0.steps.0.outcome.0', withStep({ outcome: [nasty] })],
  ] as const)
    expect(faultOf(JSON.stringify(file))).toMatch(
      new RegExp(`^RW302: .*: ${where}: holds the control character U\\+000A, .*; remove it`),
    );
});
