import type { Json, Stimulus } from '../src/model/network.js';
import type { Command } from './events.js';
import { shapeOf } from './outcome.js';
import { opsOf, type Scope } from './scopes.js';

/** What one design made of a call; no report where it was not offered. */
interface CallResult {
  readonly how: string;
  readonly report?: Json;
}

/** What is read here of a report, as outcome.ts writes it. */
interface OutcomeData {
  readonly errno: number;
  readonly callbacks: readonly { readonly command: Command; readonly answer: number }[];
  readonly warned: boolean;
  readonly dead: boolean;
  readonly records: readonly Readonly<Record<string, Json>>[];
}

/**
 * The name of a sort of difference between two designs: the call and the kind of its ops, then what
 * each returned and what owners were asked, without names; where all that is the same, what looks
 * unlike about a record.
 */
export function divergenceClassIn(
  scope: Scope,
): (call: Stimulus, endings: readonly [CallResult, CallResult]) => string {
  const kinds = new Map(opsOf(scope).map(({ name, kind }) => [name, kind]));
  return ({ message, to }, [one, other]) => {
    const what = `${message.type} ${kinds.get(to)}`;
    const [mine, its] = [shape(one), shape(other)];
    return mine === its
      ? `${what}: ${mine}, unlike in ${unlike(one, other).join(', ')}`
      : `${what}: ${mine} / ${its}`;
  };
}

const reportOf = ({ report }: CallResult) => report as OutcomeData | undefined;

function shape(ending: CallResult): string {
  const report = reportOf(ending);
  if (report === undefined) return ending.how;
  return shapeOf({
    ...report,
    callbacks: report.callbacks.map(({ command, answer }) => ({ command, errno: answer })),
  });
}

/** Fields of records that differ; `state` only says again what I and D say. */
function unlike(one: CallResult, other: CallResult): string[] {
  const its = reportOf(other)?.records ?? [];
  const fields = (reportOf(one)?.records ?? []).flatMap((record, i) =>
    Object.keys(record).filter(
      (field) =>
        field !== 'state' && JSON.stringify(record[field]) !== JSON.stringify(its[i]?.[field]),
    ),
  );
  // The same errno and commands: then other owners were asked, or one more often.
  return fields.length === 0 ? ['who was asked'] : [...new Set(fields)];
}
