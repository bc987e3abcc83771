import type { CallResult } from '../src/domain.js';
import type { Json, Stimulus } from '../src/model/network.js';
import type { Command } from './events.js';
import { shapeOf } from './outcome.js';
import { opsOf, type Scope } from './scopes.js';

/** The fields of a report (outcome.ts) that this file reads. */
interface OutcomeData {
  readonly errno: number;
  readonly callbacks: readonly { readonly command: Command; readonly answer: number }[];
  readonly warned: boolean;
  readonly dead: boolean;
  readonly records: readonly Readonly<Record<string, Json>>[];
}

/**
 * Names the divergence class of a call in two designs: the call and the kind of its ops, then the return value and
 * the callbacks in each design, without names. If those are equal, the class lists the record fields that differ.
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

/** The record fields that differ. `state` is left out, because it repeats I and D. */
function unlike(one: CallResult, other: CallResult): string[] {
  const its = reportOf(other)?.records ?? [];
  const fields = (reportOf(one)?.records ?? []).flatMap((record, i) =>
    Object.keys(record).filter(
      (field) =>
        field !== 'state' && JSON.stringify(record[field]) !== JSON.stringify(its[i]?.[field]),
    ),
  );
  // Errno and commands are equal, so the designs called different owners, or one owner a different number of times.
  return fields.length === 0 ? ['the owners asked'] : [...new Set(fields)];
}
