import type { Entry } from '../entries.js';
import { pc } from './color.js';
import { labelled } from './label.js';
import { wrapped } from './wrap.js';

/** One line per entry: name and description. */
export function entryLines(entries: readonly Entry[], indent: string): string {
  const width = Math.max(...entries.map(({ name }) => name.length));
  return entries
    .map(({ name, description }) => `${indent}${name.padEnd(width)}  ${description}\n`)
    .join('');
}

/** One block per entry: name and description, then each further field with a label. */
export function entryBlocks(entries: readonly Entry[], indent: string): string {
  return entries.map((entry) => block(entry, indent)).join('\n');
}

function block(entry: Entry, indent: string): string {
  const { name, description, source, kind, kernel, breaks, goals, unobservable, needs, here } =
    entry;
  const inner = `${indent}  `;
  const part = (label: string, text: string) => labelled(label, text, inner);
  const lines = [
    `${indent}${pc.bold(name)}${kind === undefined ? '' : `  (${kind})`}`,
    wrapped(description, inner),
    ...(source === undefined ? [] : [part('source', String(source))]),
    ...(needs === undefined ? [] : [part('needs', String(needs))]),
    ...(here === undefined ? [] : [part('here', String(here ?? 'not yet fetched'))]),
    ...((goals ?? []) as readonly string[]).map((goal) => part('goal', goal)),
    ...(unobservable === undefined ? [] : [part('unobservable', `on a kernel: ${unobservable}`)]),
    ...(kernel === undefined ? [] : [part('kernel', String(kernel ?? 'none'))]),
    ...(breaks === undefined
      ? []
      : [part('breaks', (breaks as readonly string[]).join(', ') || 'nothing')]),
  ];
  return `${lines.join('\n')}\n`;
}
