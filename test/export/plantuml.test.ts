import { execFileSync } from 'node:child_process';
import { expect } from 'vitest';
import { plantuml } from '../../src/export/plantuml.js';
import { testWith } from './debian.js';
import { drawn, oddChart } from './drawings.js';
import { all, statesIn } from './shown.js';

const PLANTUML = '/usr/bin/plantuml';
const test = testWith(PLANTUML, 'plantuml');

/** What PlantUML says of each diagram: its kind, and how many states it has, or what is wrong. */
const read = (text: string): readonly string[] =>
  execFileSync(PLANTUML, ['-syntax'], {
    input: text,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  })
    .trim()
    .split('\n');

test('PlantUML reads every machine, with as many states', { timeout: 120_000 }, () => {
  const expected = all.flatMap(({ machine }) => [
    'STATE',
    // The circle where it begins is one of them.
    `(${Math.max(statesIn(machine).length, 1) + 1} entities)`,
  ]);
  expect(read(all.map(({ name }) => plantuml(drawn(name))).join(''))).toEqual(expected);
});

test('names that look like its own words are no harder to read', { timeout: 60_000 }, () => {
  expect(read(plantuml(oddChart))).toEqual(['STATE', '(4 entities)']);
});
