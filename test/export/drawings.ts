import fc from 'fast-check';
import { machines } from '../../machines/index.js';
import { type Chart, chartOf } from '../../src/export/chart.js';
import { oneLine } from '../../src/model/controlCharacters.js';
import { anyTexts } from '../nasty.js';

export const drawn = (name: string): Chart => chartOf({ name, ...machines[name]! }, ['a test']);

/** A name with characters that some format could interpret. */
const ODD = `it's "odd": <b> & #1; 50%`;

/** A chart with such names. */
export const oddChart: Chart = {
  name: ODD,
  description: [ODD],
  states: [
    { name: ODD, inside: [ODD, 'plain'] },
    { name: 'it-s odd', inside: [] },
    { name: 'it s odd', inside: [] },
  ],
  arrows: [
    { from: ODD, to: 'it-s odd', labels: [ODD, 'plain'] },
    { from: 'it-s odd', to: 'it s odd', labels: [] },
  ],
  everywhere: [ODD],
};

/** A chart of two states whose every text is nasty. */
export const charts: fc.Arbitrary<Chart> = fc
  .uniqueArray(anyTexts, { minLength: 4, maxLength: 4, selector: oneLine })
  .map(([a, b, c, d]) => ({
    name: a!,
    description: [b!, c!],
    states: [
      { name: a!, inside: [c!, d!] },
      { name: b!, inside: [] },
    ],
    arrows: [{ from: a!, to: b!, labels: [d!, c!] }],
    everywhere: [b!],
  }));
