import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Chart } from '../../../src/export/chart.js';
import { dot } from '../../../src/export/to/dot.js';
import { drawn, oddChart } from '../drawings.js';
import { all, pairs, statesIn } from '../shown.js';

let graphviz: Graphviz;
beforeAll(async () => {
  graphviz = await Graphviz.load();
});

/** The layout that Graphviz computed. */
function read(chart: Chart): {
  states: string[];
  arrows: { from: string; to: string; labels: string[] }[];
} {
  const { objects, edges } = JSON.parse(graphviz.layout(dot(chart), 'json', 'dot'));
  const names: string[] = objects.map(({ name }: { name: string }) => name);
  return {
    states: names,
    arrows: edges.map(
      ({
        tail,
        head,
        _ldraw_ = [],
      }: {
        tail: number;
        head: number;
        _ldraw_: { op: string; text: string }[];
      }) => ({
        from: names[tail],
        to: names[head],
        labels: _ldraw_.filter(({ op }) => op === 'T').map(({ text }) => text),
      }),
    ),
  };
}

describe.each(all)('$name', ({ name, machine }) => {
  test('Graphviz lays out the same states and arrows', () => {
    const { states, arrows } = read(drawn(name));
    const [begin, ...known] = states;
    expect(begin).toBe('');
    expect(known.sort()).toEqual(
      statesIn(machine).length === 0 ? [name] : [...statesIn(machine)].sort(),
    );
    const [start, ...ways] = arrows;
    expect(start).toMatchObject({ from: '', to: machine.config.initial ?? name });
    expect(ways.map(({ from, to }) => `${from} -> ${to}`).sort()).toEqual(pairs(machine));
    expect(ways).toEqual(expect.arrayContaining(drawn(name).arrows.map((arrow) => ({ ...arrow }))));
  });
});

test('names that look like keywords are read as names', () => {
  const { states, arrows } = read(oddChart);
  expect(states.slice(1)).toEqual(oddChart.states.map(({ name }) => name));
  expect(arrows.slice(1)).toEqual(oddChart.arrows);
});
