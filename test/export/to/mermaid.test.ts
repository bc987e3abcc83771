import { JSDOM } from 'jsdom';
import { beforeAll, describe, expect, test } from 'vitest';
import { mermaid as write } from '../../../src/export/to/mermaid.js';
import { drawn, oddChart } from '../drawings.js';
import { all, leaving, pairs, raw, statesIn, uml } from '../shown.js';

/** The part of Mermaid's parser for state diagrams that the test uses. */
interface Read {
  readonly states: readonly {
    readonly name: string;
    readonly inside: readonly string[];
    readonly note: string;
  }[];
  readonly arrows: readonly {
    readonly from: string;
    readonly to: string;
    readonly labels: readonly string[];
  }[];
}

let mermaid: typeof import('mermaid').default;
beforeAll(async () => {
  const { window } = new JSDOM('');
  Object.assign(globalThis, { window, document: window.document });
  mermaid = (await import('mermaid')).default;
  mermaid.initialize({ startOnLoad: false });
}, 600_000);

async function read(text: string): Promise<Read> {
  expect(await mermaid.parse(text)).toMatchObject({ diagramType: 'stateDiagram' });
  const { db } = (await mermaid.mermaidAPI.getDiagramFromText(text)) as unknown as {
    db: {
      getStates(): Map<string, { descriptions: string[]; note?: { text: string } }>;
      getRelations(): { id1: string; id2: string; relationTitle: string }[];
    };
  };
  // Mermaid puts the characters of #NN; between markers of its own.
  const plain = (t: string) =>
    t.replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCharCode(Number(code)));
  const states = db.getStates();
  const name = (id: string) => plain(states.get(id)?.descriptions[0] ?? '[*]');
  return {
    states: [...states.values()]
      .filter(({ descriptions }) => descriptions.length > 0)
      .map(({ descriptions, note }) => ({
        name: plain(descriptions[0]!),
        inside: descriptions.slice(1).map(plain),
        note: plain(note?.text ?? ''),
      })),
    arrows: db.getRelations().map(({ id1, id2, relationTitle }) => ({
      from: name(id1),
      to: name(id2),
      // Mermaid stores the labels of arrows as HTML.
      labels:
        relationTitle === ''
          ? []
          : relationTitle.split('<br>').map((t) => plain(t).replaceAll('&amp;', '&')),
    })),
  };
}

describe.each(all)('$name', ({ name, machine }) => {
  test('Mermaid reads the same states and transitions', async () => {
    const { states, arrows } = await read(write(drawn(name)));
    const known = statesIn(machine);
    expect(states.map((state) => state.name).sort()).toEqual(
      known.length === 0 ? [name] : [...known].sort(),
    );
    const [begin, ...ways] = arrows;
    expect(begin).toEqual({ from: '[*]', to: machine.config.initial ?? name, labels: [] });
    expect(ways.map(({ from, to }) => `${from} -> ${to}`).sort()).toEqual(pairs(machine));
    const actual = [
      ...ways.flatMap(({ labels }) => labels),
      ...states.flatMap(({ inside, note }) => [
        ...inside,
        ...note
          .split('\n')
          .slice(1)
          .map((line) => line.trim()),
      ]),
    ];
    expect(actual.sort()).toEqual(
      raw(machine)
        .map(uml)
        .filter((text) => text !== '')
        .sort(),
    );
    expect(ways.flatMap(({ labels }) => labels).sort()).toEqual(
      leaving(machine)
        .map(uml)
        .filter((text) => text !== '')
        .sort(),
    );
  });
});

test('names that look like keywords are read as names', async () => {
  const { states, arrows } = await read(write(oddChart));
  expect(states.map(({ name, inside }) => ({ name, inside }))).toEqual(oddChart.states);
  expect(states[0]!.note).toContain(oddChart.everywhere[0]);
  expect(arrows.slice(1)).toEqual(oddChart.arrows);
});
