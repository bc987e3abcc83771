import { oneLine } from '../../model/controlCharacters.js';
import type { Chart } from '../chart.js';
import { drawing } from '../format.js';
import { idsOf } from '../ids.js';

/** A PlantUML state diagram. */
export function plantuml({ name, description, states, arrows, everywhere }: Chart): string {
  const ids = idsOf(states.map((state) => state.name));
  const id = (state: string) => ids.get(state)!;
  const lines = [
    '@startuml',
    ...description.map((line) => `' ${oneLine(line)}`),
    `title ${coded(name)}`,
    'hide empty description',
    ...states.map((state) => `state "${coded(state.name)}" as ${id(state.name)}`),
    ...states.flatMap((state) => state.inside.map((text) => `${id(state.name)} : ${coded(text)}`)),
    `[*] --> ${id(states[0]!.name)}`,
    ...arrows.map(({ from, to, labels }) => {
      const text = labels.map(coded).join('\\n');
      return `${id(from)} --> ${id(to)}${text === '' ? '' : ` : ${text}`}`;
    }),
    ...(everywhere.length === 0
      ? []
      : ['legend', 'in every state:', ...everywhere.map(coded), 'endlegend']),
    '@enduml',
  ];
  return `${lines.join('\n')}\n`;
}

/** Escapes characters that PlantUML would interpret: quotes, escapes, its preprocessor, and Creole markup. */
const coded = (text: string) =>
  oneLine(text).replace(
    /["\\~%$!@#{}<>|&^*`]|^[^\p{L}\p{N}]|^[Ee](?=nd ?legend$)|(?<=([-/_'.=]))\1/gu,
    (part) => `<U+${part.codePointAt(0)!.toString(16).padStart(4, '0')}>`,
  );

/** The format for `recwalk export`. */
export const format = drawing(plantuml);
