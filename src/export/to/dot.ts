import type { Chart } from '../chart.js';
import { drawing } from '../format.js';
import { escaped } from '../xml.js';

/** A directed graph for Graphviz. */
export function dot({ name, says, states, arrows, everywhere }: Chart): string {
  const lines = [
    ...says.map((line) => `// ${line}`),
    `digraph ${quoted(name)} {`,
    `  label=<${[`<b>${escaped(name)}</b>`, ...everywhere.map((text) => `in every state: ${escaped(text)}`)].join('<br/>')}>; labelloc=t; fontname="Courier";`,
    '  node [shape=box, style=rounded, fontname="Courier", fontsize=11];',
    '  edge [fontname="Courier", fontsize=10];',
    '  "" [shape=point, width=0.12];',
    ...states.map(
      (state) =>
        `  ${quoted(state.name)} [label=<<b>${escaped(state.name)}</b><br/>${leftBound(state.inside)}>];`,
    ),
    `  "" -> ${quoted(states[0]!.name)};`,
    ...arrows.map(
      ({ from, to, labels }) =>
        `  ${quoted(from)} -> ${quoted(to)} [label=<${leftBound(labels)}>];`,
    ),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;

const leftBound = (lines: readonly string[]) =>
  lines.map((line) => `${escaped(line)}<br align="left"/>`).join('');

/** As `recwalk export` finds it. */
export const format = drawing(dot);
