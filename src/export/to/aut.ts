import { outcomeParts } from '../../interpret/outcomeParts.js';
import { oneLine } from '../../model/controlCharacters.js';
import { type Check, check, wrongCalls } from '../../search/check.js';
import type { ExportFormat } from '../format.js';
import { walked } from '../walked.js';

/**
 * The whole labelled transition system in the Aldebaran format of CADP and mCRL2, line by line. A label is a call and
 * its outcome, as stories write them. The format has no comments.
 */
export function* aut(check: Check): Generator<string> {
  const { exploration, successors, compiled } = check;
  yield `des (0, ${successors!.size}, ${exploration.states})\n`;
  for (const { from, to, call, emitted, after } of walked(check)) {
    const outcome = outcomeParts(compiled.network, emitted, after).join('; ');
    yield `(${from}, "${label(`${call.description}  ${outcome}`)}", ${to})\n`;
  }
}

/**
 * A label ends at the first quote (mCRL2 reads it so) and at the end of a line; the format has no escape for either.
 */
const label = (text: string) => oneLine(text).replaceAll('"', "'");

/** The format for `recwalk export`. */
export const format: ExportFormat = {
  network: async (network, limits) => {
    const walked = await check(network, { ...limits, rules: [], keepTransitions: true });
    const { exploration } = walked;
    return {
      exploration,
      without: wrongCalls(walked),
      ...(exploration.complete && { pieces: aut(walked) }),
    };
  },
};
