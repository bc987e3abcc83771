import elk from 'elkjs/lib/elk.bundled.js';
import type { ElkExtendedEdge, ElkNode, ElkPoint } from 'elkjs/lib/elk-api.js';
import { escaped } from '../../model/xml.js';
import type { Arrow, Chart } from '../chart.js';
import { drawing } from '../format.js';

/** Maximum characters per line of text in a state, and on a transition. */
const INSIDE = 60;
const ON = 36;
/** The size of a character in pixels, wide enough for every font of the style. */
const WIDE = 6.65;
const HIGH = 15;
/** Padding around text, and the gap between text and the line below a state's name. */
const PAD = 10;
const GAP = 8;
const START = 12;
const CORNER = 6;

/** `root` selects the drawing; `within` is the prefix for selectors of its parts. */
const style = (root: string, within: string) => `
    ${root} { --paper: #fff; --ink: #1f2328; --soft: #57606a; --box: #f3f6fa; --line: #6e7f91; --mark: #0969da; }
    @media (prefers-color-scheme: dark) {
      ${root} { --paper: #0d1117; --ink: #e6edf3; --soft: #9aa5b1; --box: #1b222c; --line: #7d8b99; --mark: #58a6ff; }
    }
    ${within}text { font: 11px "DejaVu Sans Mono", Menlo, Consolas, "Liberation Mono", monospace; fill: var(--ink); white-space: pre; }
    ${within}.name { font-weight: bold; }
    ${within}.title { font-size: 15px; font-weight: bold; }
    ${within}.says { fill: var(--soft); }
    ${within}.paper { fill: var(--paper); }
    ${within}.state, ${within}.everywhere { fill: var(--box); stroke: var(--line); }
    ${within}.everywhere { stroke-dasharray: 4 3; }
    ${within}.first { stroke: var(--mark); stroke-width: 2; }
    ${within}.rule { stroke: var(--line); stroke-opacity: .5; }
    ${within}.way { fill: none; stroke: var(--line); stroke-width: 1.2; }
    ${within}.head { fill: var(--line); }
    ${within}.start { fill: var(--mark); }
  `;

const LAYOUT = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.cycleBreaking.strategy': 'MODEL_ORDER',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.spacing.nodeNodeBetweenLayers': '30',
  'elk.layered.spacing.edgeNodeBetweenLayers': '14',
  'elk.spacing.nodeNode': '30',
  'elk.spacing.edgeEdge': '14',
  'elk.spacing.edgeNode': '16',
  'elk.spacing.edgeLabel': '4',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
};

/**
 * A self-contained drawing in layers, in the reader's light or dark colors. With an `id` several drawings can share a
 * page: the id prefixes all names, and the style applies to this drawing only.
 */
export async function svg(chart: Chart, id?: string): Promise<string> {
  const { name, description } = chart;
  const { children, edges, ...graph } = await new elk.default().layout(graphOf(chart));
  const top = 30 + description.length * HIGH + PAD;
  const inner = Math.max(graph.width!, ...description.map((line) => line.length * WIDE));
  const own = (name: string) => (id === undefined ? name : `${id}-${name}`);
  const css = id === undefined ? style('svg', '') : style(`#${id}`, `#${id} `);
  const [width, height] = [round(inner + 2 * PAD), round(top + graph.height! + PAD)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg"${id === undefined ? '' : ` id="${id}"`} viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="${own('title')} ${own('desc')}">`,
    `  <title id="${own('title')}">${escaped(name)}</title>`,
    `  <desc id="${own('desc')}">${escaped(chartText(chart))}</desc>`,
    `  <style>${css}</style>`,
    '  <defs>',
    `    <marker id="${own('head')}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="head" d="M0 0L8 4L0 8Z"/></marker>`,
    '  </defs>',
    '  <rect class="paper" width="100%" height="100%"/>',
    `  ${line('title', name, PAD, 25)}`,
    ...description.map((text, i) => `  ${line('says', text, PAD, 27 + (i + 1) * HIGH)}`),
    `  <g transform="translate(${PAD} ${top})">`,
    ...[
      ...edges!.map((edge) => way(edge, own('head'))),
      ...edges!.flatMap(onWay),
      ...children!.flatMap(drawn),
    ].map((element) => `    ${element}`),
    '  </g>',
    '</svg>',
    '',
  ].join('\n');
}

/** A box and its text. */
interface Box extends ElkNode {
  readonly kind: string;
  readonly name: string;
  readonly inside: readonly string[];
}

/** The input of the layout: a start dot, boxes, and the transitions between them. */
function graphOf({ states, arrows, everywhere }: Chart): ElkNode {
  const [first] = states;
  const boxes = states.map((state) =>
    box(`state ${state.name}`, state === first ? 'state first' : 'state', state.name, state.inside),
  );
  const more =
    everywhere.length === 0 ? [] : [box('everywhere', 'everywhere', 'in every state', everywhere)];
  return {
    id: 'chart',
    layoutOptions: LAYOUT,
    children: [{ id: 'start', width: START, height: START }, ...boxes, ...more],
    edges: [
      { id: 'begin', sources: ['start'], targets: [`state ${first!.name}`] },
      ...arrows.map(edge),
    ],
  };
}

function box(id: string, kind: string, name: string, all: readonly string[]): Box {
  const inside = all.flatMap((text) => wrapped(text, INSIDE));
  const { width, height } = sizeOf([name, ...inside]);
  const gap = inside.length === 0 ? 0 : GAP;
  return { id, kind, name, inside, width: width + 2 * PAD, height: height + PAD + gap };
}

function edge({ from, to, labels }: Arrow, i: number): ElkExtendedEdge {
  const lines = labels.flatMap((label) => wrapped(label, ON));
  return {
    id: `way ${i}`,
    sources: [`state ${from}`],
    targets: [`state ${to}`],
    labels: lines.length === 0 ? [] : [{ text: lines.join('\n'), ...sizeOf(lines) }],
  };
}

const sizeOf = (lines: readonly string[]) => ({
  width: Math.max(...lines.map(({ length }) => length)) * WIDE,
  height: lines.length * HIGH,
});

/** Wraps a text; all lines but the first are indented. */
function wrapped(text: string, longest: number): readonly string[] {
  const lines: string[] = [];
  let last = '';
  for (const word of text.split(' ')) {
    const longer = last === '' ? word : `${last} ${word}`;
    if (longer.length <= longest || last === '') last = longer;
    else {
      lines.push(last);
      last = `  ${word}`;
    }
  }
  return [...lines, last];
}

function drawn(node: ElkNode): readonly string[] {
  const { x = 0, y = 0, width = 0, height = 0 } = node;
  if (!isBox(node))
    return [
      `<circle class="start" cx="${round(x + START / 2)}" cy="${round(y + START / 2)}" r="${START / 2}"/>`,
    ];
  const { kind, name, inside } = node;
  const middle = y + PAD / 2 + HIGH + GAP / 2;
  const baseline = y + PAD / 2 + HIGH - 4;
  return [
    `<rect class="${kind}" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${CORNER}"/>`,
    line('name', name, x + PAD, baseline),
    ...(inside.length === 0
      ? []
      : [`<path class="rule" d="M${round(x)} ${round(middle)}h${round(width)}"/>`]),
    ...inside.map((text, i) => line('in', text, x + PAD, baseline + GAP + (i + 1) * HIGH)),
  ];
}

const isBox = (node: ElkNode): node is Box => 'kind' in node;

/** A transition as a line with round corners. */
function way({ sections }: ElkExtendedEdge, head: string): string {
  const { startPoint, bendPoints = [], endPoint } = sections![0]!;
  const points = [startPoint, ...bendPoints, endPoint];
  const path = points.map((point, i) => {
    const [before, after] = [points[i - 1], points[i + 1]];
    if (before === undefined) return `M${at(point)}`;
    if (after === undefined) return `L${at(point)}`;
    return `L${at(near(point, before))}Q${at(point)} ${at(near(point, after))}`;
  });
  return `<path class="way" d="${path.join('')}" marker-end="url(#${head})"/>`;
}

/** The point where a corner's curve begins, at most halfway to the next point. */
function near(corner: ElkPoint, next: ElkPoint): ElkPoint {
  const [x, y] = [next.x - corner.x, next.y - corner.y];
  const length = Math.hypot(x, y);
  const part = length === 0 ? 0 : Math.min(CORNER / length, 1 / 2);
  return { x: corner.x + x * part, y: corner.y + y * part };
}

/** The labels of a transition, each on a background, so that no other line crosses the text. */
const onWay = ({ labels = [] }: ElkExtendedEdge): readonly string[] =>
  labels.flatMap(({ text = '', x = 0, y = 0, width = 0, height = 0 }) => [
    `<rect class="paper" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"/>`,
    ...text.split('\n').map((each, i) => line('on', each, x, y + (i + 1) * HIGH - 4)),
  ]);

const line = (kind: string, text: string, x: number, y: number): string =>
  `<text class="${kind}" x="${round(x)}" y="${round(y)}">${escaped(text)}</text>`;

const at = ({ x, y }: ElkPoint): string => `${round(x)} ${round(y)}`;
const round = (n: number): number => Number(n.toFixed(1));

/** The chart in words, for readers who cannot see it. */
const chartText = ({ description, states, arrows, everywhere }: Chart): string =>
  [
    ...description,
    `It begins in ${states[0]!.name}.`,
    ...arrows.map(({ from, to, labels }) => `From ${from} to ${to}: ${labels.join('; ')}.`),
    ...states
      .filter(({ inside }) => inside.length > 0)
      .map(({ name, inside }) => `In ${name}: ${inside.join('; ')}.`),
    ...(everywhere.length > 0 ? [`In every state: ${everywhere.join('; ')}.`] : []),
  ].join('\n');

/** The format for `recwalk export`. */
export const format = drawing((chart) => svg(chart));
