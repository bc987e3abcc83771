import { code, plain } from '../../model/markdown.js';
import { isOfKernel } from '../sentences.js';
import { changed, type FunctionSeen, lookText, type Step } from '../step.js';
import { table } from './table.js';

/** A story as a table: one row per call, one column per function; new text is bold. */
export function story(steps: readonly Step[]): string {
  if (!isOfKernel(steps))
    return table(
      ['step', 'call', 'outcome'],
      steps.map(({ call, events }, i) => [
        String(i + 1),
        code(call),
        events.map(code).join('<br>'),
      ]),
    );
  const numbers = steps[0]?.functions.map((f) => f.number) ?? [];
  return table(
    ['step', 'call', 'returns', 'owners asked', ...numbers.map((n) => `function ${n}`)],
    steps.map(({ call, aside, returned = '', owners, events, functions }, i) => [
      String(i + 1),
      [code(call), ...aside.map((description) => `*the model: ${plain(description)}*`)].join(
        '<br>',
      ),
      news(returned, returned !== '0'),
      [...owners, ...events].map((part) => news(part, true)).join('<br>') ||
        (i === steps.length - 1 ? 'none' : ''),
      ...(functions.length > 0 ? functions.map(look) : numbers.map(() => 'not observable')),
    ]),
  );
}

const news = (text: string, isNew: boolean): string => (isNew ? `**${code(text)}**` : code(text));

const look = (one: FunctionSeen): string => news(lookText(one.now), changed(one));
