import type { TraceStep } from '../format.js';

/** The fields of a report (machines/outcome.ts) that this folder reads. */
interface Report {
  readonly errno: number;
  readonly callbacks: readonly {
    readonly ops: string;
    readonly command: string;
    readonly answer: number;
  }[];
  readonly warned: boolean;
  readonly dead: boolean;
  readonly oops: boolean;
  /** The call did not return. Absent if it did. */
  readonly crashed?: boolean;
  readonly diesWhenCalled: boolean;
}

export const reportOf = ({ report }: TraceStep): Report => report as unknown as Report;

/** C has no dots in names: trampoline a of W is W_a. */
const withoutDots = (look: string): string => look.replace(/\b([A-Z]\d*)\.([ab])\b/g, '$1_$2');

/**
 * The outcome of a call as the module prints it, with numbers where stories have names. A module can detect the first
 * WARN only, so `warnedBefore` leaves out later ones.
 */
export function expectedOf(step: TraceStep, warnedBefore: boolean): readonly string[] {
  const { errno, callbacks, warned, dead, diesWhenCalled } = reportOf(step);
  return [
    [
      String(errno),
      ...callbacks.map(({ ops, command, answer }) => `${ops} ${command} ${answer}`),
      ...(warned && !warnedBefore ? ['WARN'] : []),
      ...(dead ? ['DEAD'] : []),
    ].join('; '),
    ...(dead ? [] : step.outcome.filter((part) => /^\d+: /.test(part)).map(withoutDots)),
    ...(diesWhenCalled && !warned && !warnedBefore ? ['WARN while looking'] : []),
  ];
}
