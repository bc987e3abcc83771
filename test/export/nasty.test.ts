import { Graphviz } from '@hpcc-js/wasm-graphviz';
import fc from 'fast-check';
import { JSDOM } from 'jsdom';
import ts from 'typescript';
import { beforeAll, describe, expect, test } from 'vitest';
import { createMachine, setup } from 'xstate';
import type { Chart } from '../../src/export/chart.js';
import { aut } from '../../src/export/to/aut.js';
import { dot } from '../../src/export/to/dot.js';
import { json } from '../../src/export/to/json.js';
import { mermaid as writeMermaid } from '../../src/export/to/mermaid.js';
import { plantuml } from '../../src/export/to/plantuml.js';
import { scxml } from '../../src/export/to/scxml.js';
import { stately } from '../../src/export/to/stately.js';
import { svg } from '../../src/export/to/svg.js';
import { oneLine } from '../../src/model/controlCharacters.js';
import type { Network } from '../../src/model/network.js';
import { check } from '../../src/search/check.js';
import { anyTexts, names } from '../nasty.js';
import { charts } from './drawings.js';

const SLOW = { timeout: 120_000 };

/** The text in a form that UTF-8 and XML can represent. */
const held = (text: string) => Buffer.from(oneLine(text)).toString();

describe('a chart with arbitrary texts', SLOW, () => {
  test('is read by Graphviz as dot, with its texts', async () => {
    const graphviz = await Graphviz.load();
    fc.assert(
      fc.property(charts, (chart) => {
        const { objects, edges } = JSON.parse(graphviz.layout(dot(chart), 'json', 'dot'));
        const labels = objects.map(({ name }: { name: string }) => name).slice(1);
        // A space before a % that Graphviz would interpret.
        expect(labels.map((name: string) => name.trim())).toEqual(
          chart.states.map(({ name }) => held(name).replaceAll('\\', '\\\\')),
        );
        expect(edges).toHaveLength(2);
        // The JSON of Graphviz has wrong lengths for labels, and its SVG has ill-formed titles.
        const drawn = graphviz.layout(dot(chart), 'svg', 'dot').replace(/<title>.*<\/title>/g, '');
        const { document } = new JSDOM(drawn, { contentType: 'text/xml' }).window;
        const texts = [...document.querySelectorAll('g.edge:last-of-type text')];
        expect(
          texts.map(({ textContent }) => textContent!.replaceAll('\u00a0', ' ').trim()),
        ).toEqual(chart.arrows[0]!.labels.map(held));
      }),
      { numRuns: 50 },
    );
  });

  test('is well-formed as svg, with its texts', async () => {
    await fc.assert(
      fc.asyncProperty(charts, async (chart) => {
        const { document } = new JSDOM(await svg(chart), { contentType: 'text/xml' }).window;
        const texts = [...document.querySelectorAll('text.name')].map((text) => text.textContent);
        expect(texts.slice(0, 2).map((text) => text!.trim())).toHaveLength(2);
        expect(document.querySelectorAll('rect.state')).toHaveLength(2);
      }),
      { numRuns: 20 },
    );
  });

  test('has the lines of a plain chart as plantuml, none of them a keyword', () => {
    const lines = (chart: Chart) => plantuml(chart).split(/[\n\r\u2028\u2029]/);
    fc.assert(
      fc.property(charts, (chart) => {
        const all = lines(chart);
        const plain = lines({
          ...{ name: 'n', description: ['s', 's'], everywhere: ['x'] },
          states: [
            { name: 'a', inside: ['c', 'd'] },
            { name: 'b', inside: [] },
          ],
          arrows: [{ from: 'a', to: 'b', labels: ['d', 'c'] }],
        });
        expect(all).toHaveLength(plain.length);
        for (const end of [/^\s*@enduml/, /^\s*end ?legend\s*$/])
          expect(all.filter((line) => end.test(line))).toHaveLength(1);
        expect(all.filter((line) => /^\s*!/.test(line))).toEqual([]);
      }),
    );
  });
});

describe('a chart as mermaid', SLOW, () => {
  let mermaid: typeof import('mermaid').default;
  beforeAll(async () => {
    const { window } = new JSDOM('');
    Object.assign(globalThis, { window, document: window.document });
    mermaid = (await import('mermaid')).default;
    mermaid.initialize({ startOnLoad: false });
  }, 60_000);

  test('is read by Mermaid, with the same number of states and arrows', async () => {
    await fc.assert(
      fc.asyncProperty(charts, async (chart) => {
        const text = writeMermaid(chart);
        expect(await mermaid.parse(text)).toMatchObject({ diagramType: 'stateDiagram' });
        const { db } = (await mermaid.mermaidAPI.getDiagramFromText(text)) as unknown as {
          db: { getStates(): Map<string, { descriptions: string[] }>; getRelations(): unknown[] };
        };
        const named = [...db.getStates().values()].filter((state) => state.descriptions.length > 0);
        expect(named.map(({ descriptions }) => descriptions.length)).toEqual([3, 1]);
        expect(db.getRelations()).toHaveLength(2);
      }),
      { numRuns: 50 },
    );
  });
});

/** A machine of two states with arbitrary names. */
const machines = fc
  .uniqueArray(
    names.filter((name) => !/[.#\\]/.test(name) && name !== '__proto__' && name.trim() === name),
    { minLength: 5, maxLength: 5 },
  )
  .map(([name, first, second, event, action]) => ({
    name: name!,
    description: 'a test',
    machine: setup({
      actions: { [action!]: () => {} },
      guards: { [action!]: () => true },
    }).createMachine({
      id: 'it',
      initial: first!,
      states: {
        [first!]: { on: { [event!]: { target: second!, actions: [action!], guard: action! } } },
        [second!]: {},
      },
      // biome-ignore lint/suspicious/noExplicitAny: drawn names are in no type
    } as any),
  }));

describe('a machine with names that look like syntax', SLOW, () => {
  test('is well-formed as scxml, with an action that is a string', () => {
    fc.assert(
      fc.property(machines, anyTexts, ({ name, machine }, description) => {
        const text = scxml({ name, description, machine }, [description]);
        const { document } = new JSDOM(text, { contentType: 'text/xml' }).window;
        expect(document.documentElement.getAttribute('name')).toBe(held(name));
        expect(document.querySelectorAll('transition')).toHaveLength(1);
        const action = document.querySelector('log')!.getAttribute('expr')!;
        const [type] = Object.keys(machine.implementations.actions);
        expect(action).toMatch(/^'(?:[^'\\]|\\.)*'$/);
        expect(action.slice(1, -1).replace(/\\(.)/g, '$1')).toBe(held(type!));
      }),
    );
  });

  test('compiles as stately to one import and one machine', () => {
    fc.assert(
      fc.property(machines, anyTexts, (shown, description) => {
        const text = stately(shown, [description]);
        const source = ts.createSourceFile('a.ts', text, ts.ScriptTarget.ES2022, true);
        const { diagnostics } = ts.transpileModule(text, { reportDiagnostics: true });
        expect(diagnostics!.map(({ messageText }) => messageText)).toEqual([]);
        expect(source.statements).toHaveLength(2);
      }),
    );
  });

  test('is JSON as json', () => {
    fc.assert(
      fc.property(machines, anyTexts, (shown, description) => {
        expect(JSON.parse(json(shown, [description])).description).toBe(description);
      }),
    );
  });
});

test('keeps the labels of aut within their quotes', SLOW, async () => {
  const machine = createMachine({ on: { a: {} } });
  await fc.assert(
    fc.asyncProperty(names, anyTexts, async (description, outcome) => {
      const network: Network = {
        ...{ name: 'it', description: 'a test', world: () => undefined, outcome: () => [outcome] },
        components: [{ name: 'it', machine }],
        stimuli: [{ to: 'it', message: { type: 'a' }, description }],
      };
      const checked = await check(network, { keepTransitions: true });
      const [head, line, end, ...more] = [...aut(checked)].join('').split('\n');
      expect([head, end, more]).toEqual(['des (0, 1, 1)', '', []]);
      expect(line).toMatch(/^\(0, "[^"\r\u2028\0]*", 0\)$/);
    }),
  );
});
