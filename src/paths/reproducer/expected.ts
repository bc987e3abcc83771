import type { TraceStep } from '../format.js';

/** What is read of a report here; machines/outcome.ts writes it. */
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
  readonly diesWhenCalled: boolean;
}

export const reportOf = ({ report }: TraceStep): Report => report as unknown as Report;

/** C has no dot in its names: trampoline a of W is W_a. */
const withoutDots = (look: string): string => look.replace(/\b([A-Z]\d*)\.([ab])\b/g, '$1_$2');

/**
 * The outcome of a call as a module of ours says it, which has numbers where stories have names.
 * A first WARN is all that a module can see, so `warnedBefore` leaves out those that follow.
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
