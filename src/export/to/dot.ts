import { oneLine } from '../../model/controlCharacters.js';
import { escaped } from '../../model/xml.js';
import type { Chart } from '../chart.js';
import { drawing } from '../format.js';

/** A directed graph for Graphviz. */
export function dot({ name, description, states, arrows, everywhere }: Chart): string {
  const lines = [
    ...description.map((line) => `// ${oneLine(line)}`),
    `digraph ${quoted(name)} {`,
    `  label=<${[`<b>${html(name)}</b>`, ...everywhere.map((text) => `in every state: ${html(text)}`)].join('<br/>')}>; labelloc=t; fontname="Courier";`,
    '  node [shape=box, style=rounded, fontname="Courier", fontsize=11];',
    '  edge [fontname="Courier", fontsize=10];',
    '  "" [shape=point, width=0.12];',
    ...states.map(
      (state) =>
        `  ${quoted(state.name)} [label=<<b>${html(state.name)}</b><br/>${leftBound(state.inside)}>];`,
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

/**
 * An identifier. Graphviz makes a new node of each mention of a name that begins with %, so such a name gets a space
 * before it.
 */
const quoted = (text: string) => `"${oneLine(text).replace(/["\\]/g, '\\$&').replace(/^%/, ' %')}"`;

/** The text of a label, in which Graphviz reads two backslashes as one. */
const html = (text: string) => escaped(oneLine(text)).replaceAll('\\', '\\\\');

const leftBound = (lines: readonly string[]) =>
  lines.map((line) => `${html(line)}<br align="left"/>`).join('');

/** The format for `recwalk export`. */
export const format = drawing(dot);
