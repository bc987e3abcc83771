import type { Lts, Transition } from './lts.js';

/** How a call, or two that overlap, can end in the model. */
export interface End {
  /** For each call its return value and callbacks: `0; L DISABLE 0`. `does not return` if it waits without end. */
  readonly returned: readonly string[];
  /** WARN and DEAD, in this order and if one of the calls had them. */
  readonly marks: readonly string[];
  /** The records afterwards, as the outcome of a call writes them. */
  readonly records: string;
}

/** An end that the model allows. */
export interface AllowedEnd extends End {
  /** The choices that the design leaves open and that lead to it, such as an order of functions; empty text: none. */
  readonly choices: ReadonlySet<string>;
}

/** Two calls on different ops that callers 1 and 2 make at the same time, from a state without calls under way. */
export interface CallPair {
  readonly state: number;
  /** Without callers: `register X`. Caller 1 makes the first, caller 2 the second. */
  readonly calls: readonly [string, string];
}

/** A call that runs alone, from its start to its end. */
export interface WholeCall {
  /** Without a caller: `register X`. */
  readonly call: string;
  readonly outcome: string;
  readonly to: number;
}

/** What a call did in the segments so far. */
interface Progress {
  readonly state: number;
  /** The alternatives of open choices that were taken. */
  readonly choice: string;
  /** For each call: not begun, under way, or its return value. */
  readonly calls: readonly Stage[];
}

interface Stage {
  readonly call: string;
  readonly caller: number;
  readonly returned?: string;
  readonly underWay: boolean;
  readonly callbacks: readonly string[];
}

export const NO_RETURN = 'does not return';

/** Whether a part of an outcome shows a record: `1: (1) R.D L.a ran L.a`. */
export const isRecord = (part: string): boolean => /^\d+: /.test(part);

/** The parts of an outcome that are about the kernel as a whole. */
export const MARKS: readonly string[] = ['WARN', 'DEAD'];

export const isMark = (part: string): boolean => MARKS.includes(part);

/** An end as one line: what each call returned, and then the rest. */
export const endText = ({ returned, marks, records }: End): string =>
  [...returned, [...marks, records].join('; ')].join(' | ');

/** The calls that callers of a model can make, whole and overlapping. */
export class OverlappingCalls {
  /** Without callers, in declaration order. */
  readonly calls: readonly string[];
  readonly #known = new Map<number, Map<string, readonly Transition[]>>();

  constructor(readonly model: Lts) {
    const calls = model.compiled.network.stimuli.flatMap(
      ({ description, call = description }) => /^1: (.+)$/.exec(call)?.[1] ?? [],
    );
    this.calls = [...new Set(calls)];
  }

  /** The ways in which each call can run alone in a state without calls under way. */
  alone(state: number): readonly WholeCall[] {
    return this.calls.flatMap((call) =>
      this.#ends({ state, choice: '', calls: [notBegun(call, 1)] }).map(({ end, to }) => ({
        call,
        outcome: [...end.returned, ...end.marks, end.records].join('; '),
        to,
      })),
    );
  }

  /**
   * The pairs of calls on different ops that can overlap in a state without calls under way: each can also begin after
   * the other. A pair has one order, because callers are alike.
   */
  pairs(state: number): readonly CallPair[] {
    const alone = this.alone(state);
    const calls = this.calls.filter((call) => alone.some((whole) => whole.call === call));
    const after = (first: string, second: string) =>
      alone.every(({ call, to }) => call !== first || this.#moves(to, `1: ${second}`).length > 0);
    return calls.flatMap((first, i) =>
      calls
        .slice(i + 1)
        .filter((second) => opsOf(first) !== opsOf(second))
        .filter((second) => after(first, second) && after(second, first))
        .map((second): CallPair => ({ state, calls: [first, second] })),
    );
  }

  /** Every way in which the calls of a pair can end, over all interleavings of their segments. */
  ends({ state, calls: [first, second] }: CallPair): readonly AllowedEnd[] {
    const calls = [notBegun(first, 1), notBegun(second, 2)];
    const byText = new Map<string, AllowedEnd & { readonly choices: Set<string> }>();
    for (const { end, choice } of this.#ends({ state, choice: '', calls })) {
      const text = endText(end);
      const known = byText.get(text) ?? { ...end, choices: new Set() };
      byText.set(text, known);
      known.choices.add(choice);
    }
    return [...byText.values()];
  }

  #moves(state: number, call: string): readonly Transition[] {
    const known = this.#known.get(state) ?? new Map<string, readonly Transition[]>();
    this.#known.set(state, known);
    const moves = known.get(call) ?? this.model.moves(state, call);
    known.set(call, moves);
    return moves;
  }

  #ends(begun: Progress): { readonly end: End; readonly choice: string; readonly to: number }[] {
    const found: { end: End; choice: string; to: number }[] = [];
    const known = new Set<string>();
    const open: { readonly at: Progress; readonly records: string }[] = [
      { at: begun, records: '' },
    ];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { at, records } = next;
      const further = at.calls.flatMap((stage, i) =>
        stage.returned === undefined ? this.#segment(at, i) : [],
      );
      if (further.length > 0) {
        for (const one of further) {
          const key = JSON.stringify(one);
          if (!known.has(key)) open.push(one);
          known.add(key);
        }
      } else if (at.calls.some(({ underWay }) => underWay) || at.calls.every(isReturned))
        found.push({ end: endOf(at, records), choice: at.choice, to: at.state });
    }
    return found;
  }

  /** The next segment of one of the calls: every way in which it can go. */
  #segment(at: Progress, i: number): { readonly at: Progress; readonly records: string }[] {
    const stage = at.calls[i]!;
    const step = stage.underWay ? `${stage.caller} goes on` : `${stage.caller}: ${stage.call}`;
    const moves = this.#moves(at.state, step);
    const isOpen = new Set(moves.map(({ description }) => description)).size > 1;
    return moves.map((move) => {
      const { records, stage: after } = advanced(stage, move);
      const choice = isOpen ? `${at.choice}${move.description}; ` : at.choice;
      return { at: { state: move.to, choice, calls: at.calls.with(i, after) }, records };
    });
  }
}

/** The ops of a call: X in `register X` and in `direct add X 1`. */
export const opsOf = (call: string): string | undefined => /^(?:direct )?\w+ (\w+)/.exec(call)?.[1];

const notBegun = (call: string, caller: number): Stage => ({
  call,
  caller,
  underWay: false,
  callbacks: [],
});

const isReturned = ({ returned }: Stage): boolean => returned !== undefined;

function endOf({ calls }: Progress, records: string): End {
  const marks = new Set(calls.flatMap(({ callbacks }) => callbacks.filter(isMark)));
  return {
    returned: calls.map(({ returned = NO_RETURN, callbacks }) =>
      [returned, ...callbacks.filter((part) => !isMark(part))].join('; '),
    ),
    marks: MARKS.filter((mark) => marks.has(mark)),
    records,
  };
}

function advanced(stage: Stage, { outcome }: Transition): { records: string; stage: Stage } {
  const [first, ...rest] = outcome.split('; ') as [string, ...string[]];
  const callbacks = [...stage.callbacks, ...rest.filter((part) => !isRecord(part))];
  const underWay = /^(stopped|blocked) at /.test(first);
  return {
    records: rest.filter(isRecord).join('; '),
    stage: { ...stage, callbacks, underWay, ...(!underWay && { returned: first }) },
  };
}
