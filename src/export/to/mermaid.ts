import { oneLine } from '../../model/controlCharacters.js';
import type { Chart } from '../chart.js';
import { drawing } from '../format.js';
import { idsOf } from '../ids.js';

/** A Mermaid state diagram. */
export function mermaid({ name, description, states, arrows, everywhere }: Chart): string {
  const ids = idsOf(states.map((state) => state.name));
  const id = (state: string) => ids.get(state)!;
  const lines = [
    `---\ntitle: ${JSON.stringify(oneLine(name))}\n---`,
    'stateDiagram-v2',
    ...description.map((line) => `  %% ${oneLine(line)}`),
    ...states.map((state) => `  state "${coded(state.name)}" as ${id(state.name)}`),
    ...states.flatMap((state) =>
      state.inside.map((text) => `  ${id(state.name)} : ${coded(text)}`),
    ),
    `  [*] --> ${id(states[0]!.name)}`,
    ...arrows.map(({ from, to, labels }) => {
      const text = labels.map(coded).join('<br/>');
      return `  ${id(from)} --> ${id(to)}${text === '' ? '' : ` : ${text}`}`;
    }),
    ...(everywhere.length === 0
      ? []
      : [
          `  note left of ${id(states[0]!.name)}`,
          '    in every state:',
          ...everywhere.map((text) => `    ${coded(text)}`),
          '  end note',
        ]),
  ];
  return `${lines.join('\n')}\n`;
}

/** Escapes characters that Mermaid would interpret. */
const coded = (text: string) =>
  oneLine(text).replace(/[#;<>"&`\\{}]|^e(?=nd note)|-(?=-)|:/gu, (c) => `#${c.charCodeAt(0)};`);

/** The format for `recwalk export`. */
export const format = drawing(mermaid);
