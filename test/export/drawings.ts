import { machines } from '../../machines/index.js';
import { type Chart, chartOf } from '../../src/export/chart.js';

export const drawn = (name: string): Chart => chartOf({ name, ...machines[name]! }, ['a test']);

/** Everything in a name that some format could take for its own. */
const ODD = `it's "odd": <b> & #1; 50%`;

/** A chart that is no harder to read for that. */
export const oddChart: Chart = {
  name: ODD,
  says: [ODD],
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
