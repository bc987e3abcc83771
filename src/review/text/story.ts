import { changed, lookText, type Step } from '../step.js';
import { filled } from './filled.js';

/** A longer call has its outcome after it, and not in the column of the others. */
const WIDEST = 36;

/** A story in few lines: each call with what it came to, of functions only what is new. */
export function shortStory(steps: readonly Step[]): readonly string[] {
  const width = Math.min(WIDEST, Math.max(...steps.map(({ call }) => call.length)));
  return steps.map((step, i) => {
    const looks = step.functions.filter(changed).map((f) => `${f.number}: ${lookText(f.now)}`);
    const told = [
      happened(step),
      ...looks,
      ...step.aside.map((description) => `(the model: ${description})`),
    ];
    const head = `${String(i + 1).padStart(4)}. `;
    return filled(told.join('; '), `${head}${step.call.padEnd(width)}  `, ' '.repeat(width + 8));
  });
}

/** A story in numbered steps; the last one beside what the rule demands. */
export const longStory = (steps: readonly Step[], expected: string): readonly string[] =>
  steps.flatMap((step, i) => {
    const head = filled(step.call, `${String(i + 1).padStart(4)}. `, '      ');
    const isLast = i === steps.length - 1;
    const label = isLast ? 'got:      ' : '';
    const indent = ' '.repeat(8 + label.length);
    return [
      head,
      ...(isLast ? [filled(expected, '        expected: ', indent)] : []),
      filled(happened(step), `        ${label}`, `${indent}  `),
      ...looks(step).map(({ description, after }) =>
        filled(description, `${indent}${after}`, `${indent}  `),
      ),
      ...step.aside.map((description) => filled(`(the model: ${description})`, indent)),
    ];
  });

/** What a call returned, which owners were asked, and what happened besides. */
export const happened = ({ returned, owners, events }: Step): string =>
  [returned, ...owners, ...events].join('; ');

/** Functions that a call changed, as they were and as they are. */
const looks = ({ functions }: Step) =>
  functions.filter(changed).flatMap(({ number, before, now }) => [
    { description: lookText(before), after: `function ${number} was ` },
    { description: lookText(now), after: `${' '.repeat(`function ${number}`.length)} is  ` },
  ]);
