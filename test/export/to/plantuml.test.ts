import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { JSDOM } from 'jsdom';
import { expect } from 'vitest';
import type { Chart } from '../../../src/export/chart.js';
import { plantuml } from '../../../src/export/to/plantuml.js';
import { testWith } from '../debian.js';
import { charts, drawn, oddChart } from '../drawings.js';
import { all, pairs } from '../shown.js';

const PLANTUML = '/usr/bin/plantuml';
const test = testWith(PLANTUML, 'plantuml');
const SLOW = { timeout: 600_000 };

const run = (args: readonly string[], charts: readonly Chart[]) =>
  execFileSync(PLANTUML, args, {
    input: charts.map(plantuml).join(''),
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  });

/** The report of PlantUML for each diagram: its kind and number of states, or the error. */
const syntax = (charts: readonly Chart[]): readonly string[] =>
  run(['-syntax'], charts).trim().split('\n');

/** A text as PlantUML displays it. */
const decoded = (text: string) =>
  text.replace(/<U\+([0-9a-f]{4})>/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));

/** The arrows that PlantUML reads, each with the first line of its label. */
const arrows = (charts: readonly Chart[]) =>
  run(['-tscxml', '-pipe'], charts)
    .split(/^(?=<\?xml )/m)
    .map((text) => {
      const { document } = new JSDOM(text, { contentType: 'text/xml' }).window;
      return [...document.querySelectorAll('transition')].map((element) => ({
        from: element.parentElement!.id,
        to: element.getAttribute('target')!,
        label: decoded(element.getAttribute('event') ?? ''),
      }));
    });

test('PlantUML reads every machine, with the same number of states', SLOW, () => {
  // The start circle is one of them.
  const expected = all.flatMap(({ name }) => [
    'STATE',
    `(${drawn(name).states.length + 1} entities)`,
  ]);
  expect(syntax(all.map(({ name }) => drawn(name)))).toEqual(expected);
});

test('PlantUML reads the same arrows', SLOW, () => {
  const drawings = arrows(all.map(({ name }) => drawn(name)));
  expect(drawings).toHaveLength(all.length);
  for (const [i, { name, machine }] of all.entries()) {
    const begin = drawings[i]!.find(({ from }) => from === 'start');
    const ways = drawings[i]!.filter((arrow) => arrow !== begin);
    expect(begin).toEqual({ from: 'start', to: machine.config.initial ?? name, label: '' });
    expect(ways.map(({ from, to }) => `${from} -> ${to}`).sort()).toEqual(pairs(machine));
    for (const { from, to, labels } of drawn(name).arrows)
      expect(ways).toContainEqual({ from, to, label: labels[0] ?? '' });
  }
});

test('names that look like keywords are read as names', SLOW, () => {
  expect(syntax([oddChart])).toEqual(['STATE', '(4 entities)']);
  expect(arrows([oddChart])[0]!.map(({ label }) => label)).toContain(oddChart.name);
});

test('arbitrary texts are read as texts', SLOW, () => {
  const all = fc.sample(charts, 60);
  expect(syntax(all)).toEqual(all.flatMap(() => ['STATE', '(3 entities)']));
});
