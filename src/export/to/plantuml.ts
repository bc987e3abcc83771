import type { Chart } from '../chart.js';
import { drawing } from '../format.js';
import { idsOf } from '../ids.js';

/** A PlantUML state diagram. */
export function plantuml({ name, says, states, arrows, everywhere }: Chart): string {
  const ids = idsOf(states.map((state) => state.name));
  const id = (state: string) => ids.get(state)!;
  const lines = [
    '@startuml',
    ...says.map((line) => `' ${line}`),
    `title ${name}`,
    'hide empty description',
    ...states.map((state) => `state "${unquoted(state.name)}" as ${id(state.name)}`),
    ...states.flatMap((state) => state.inside.map((text) => `${id(state.name)} : ${text}`)),
    `[*] --> ${id(states[0]!.name)}`,
    ...arrows.map(({ from, to, labels }) => {
      const text = labels.join('\\n');
      return `${id(from)} --> ${id(to)}${text === '' ? '' : ` : ${text}`}`;
    }),
    ...(everywhere.length === 0 ? [] : ['legend', 'in every state:', ...everywhere, 'endlegend']),
    '@enduml',
  ];
  return `${lines.join('\n')}\n`;
}

/** A name stands in quotes, and has no other way to hold one. */
const unquoted = (text: string) => text.replaceAll('"', '<U+0022>');

/** As `recwalk export` finds it. */
export const format = drawing(plantuml);
