import { changed, lookText, type Step } from '../step.js';
import { filled } from './filled.js';

/** Widest call, in columns, that keeps its outcome in the common column. */
const WIDEST = 36;

/** A story in short form: each call with its outcome, and the functions that it changed. */
export function shortStory(steps: readonly Step[]): readonly string[] {
  const width = Math.min(WIDEST, Math.max(...steps.map(({ call }) => call.length)));
  return steps.map((step, i) => {
    const looks = step.functions.filter(changed).map((f) => `${f.number}: ${lookText(f.now)}`);
    const outcomeParts = [
      eventsText(step),
      ...looks,
      ...step.aside.map((description) => `(the model: ${description})`),
    ];
    const head = `${String(i + 1).padStart(4)}. `;
    return filled(
      outcomeParts.join('; '),
      `${head}${step.call.padEnd(width)}  `,
      ' '.repeat(width + 8),
    );
  });
}

/** A story in numbered steps; the last one next to the rule's description. */
export const longStory = (steps: readonly Step[], expected: string): readonly string[] =>
  steps.flatMap((step, i) => {
    const head = filled(step.call, `${String(i + 1).padStart(4)}. `, '      ');
    const isLast = i === steps.length - 1;
    const label = isLast ? 'got:      ' : '';
    const indent = ' '.repeat(8 + label.length);
    return [
      head,
      ...(isLast ? [filled(expected, '        expected: ', indent)] : []),
      filled(eventsText(step), `        ${label}`, `${indent}  `),
      ...looks(step).map(({ description, after }) =>
        filled(description, `${indent}${after}`, `${indent}  `),
      ),
      ...step.aside.map((description) => filled(`(the model: ${description})`, indent)),
    ];
  });

/** The return value of a call, the owners that it asked, and its other events. */
export const eventsText = ({ returned, owners, events }: Step): string =>
  [returned ?? [], owners, events].flat().join('; ');

/** The functions that a call changed, before and after it. */
const looks = ({ functions }: Step) =>
  functions.filter(changed).flatMap(({ number, before, now }) => [
    { description: lookText(before), after: `function ${number} was ` },
    { description: lookText(now), after: `${' '.repeat(`function ${number}`.length)} is  ` },
  ]);
