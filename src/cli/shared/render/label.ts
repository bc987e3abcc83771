import { pc } from './color.js';
import { wrapped } from './wrap.js';

/** Text in a column of its own, after a label. */
export const labelled = (label: string, text: string, indent: string): string =>
  wrapped(text, `${indent}${label.padEnd(9)}`, `${indent}${' '.repeat(9)}`).replace(
    label,
    pc.dim(label),
  );
