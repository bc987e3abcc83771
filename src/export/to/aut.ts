import type { Check } from '../../engine/check.js';
import { outcomeParts } from '../../engine/outcome.js';
import type { ExportFormat } from '../format.js';
import { walked } from '../walked.js';

/**
 * The whole labelled transition system in the Aldebaran format of CADP and mCRL2, line by line: a
 * label is a call and its outcome, as stories write them. The format has no comments.
 */
export function* aut(check: Check): Generator<string> {
  const { exploration, successors, tables } = check;
  yield `des (0, ${successors!.size}, ${exploration.states})\n`;
  for (const { from, to, call, said, after } of walked(check)) {
    const outcome = outcomeParts(tables.network, said, after).join('; ');
    yield `(${from}, ${JSON.stringify(`${call.says}  ${outcome}`)}, ${to})\n`;
  }
}

/** As `recwalk export` finds it. */
export const format: ExportFormat = {
  design: async ({ check }) => aut(check),
};
