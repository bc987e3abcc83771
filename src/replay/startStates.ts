import {
  type CallPair,
  type End,
  type OverlappingCalls,
  opsOf,
  type WholeCall,
} from './callPairs.js';

/** A state in which calls can begin to overlap, and whole calls of one caller that lead to it. */
export interface StartState {
  readonly state: number;
  readonly way: readonly WholeCall[];
  readonly pairs: readonly CallPair[];
}

/** Start states, and the number of kinds of pairs with several ends that they have and that the model has. */
export interface StartStates {
  readonly starts: readonly StartState[];
  readonly kinds: number;
  readonly ofKinds: number;
}

/**
 * The `count` states whose pairs of calls have the most kinds: each next state has the most kinds that those before do
 * not have, and of several the one that is reached first. Only pairs that can end in several ways count. Two of them
 * are of one kind if they make the same calls, on whichever ops and records, and these can return the same.
 */
export function startStates(overlapping: OverlappingCalls, count: number): StartStates {
  const known = new Map<number, { way: readonly WholeCall[]; kinds: ReadonlySet<string> }>();
  const order = [{ state: 0, way: [] as readonly WholeCall[] }];
  for (const { state, way } of order) {
    if (known.has(state)) continue;
    const kinds = overlapping.pairs(state).flatMap((pair) => kindOf(pair, overlapping.ends(pair)));
    known.set(state, { way, kinds: new Set(kinds) });
    for (const whole of overlapping.alone(state))
      order.push({ state: whole.to, way: [...way, whole] });
  }
  const left = new Set([...known.values()].flatMap(({ kinds }) => [...kinds]));
  const ofKinds = left.size;
  const starts: StartState[] = [];
  while (starts.length < count && left.size > 0) {
    let best: number | undefined;
    let most = 0;
    for (const [state, { kinds }] of known) {
      const news = [...kinds].filter((kind) => left.has(kind)).length;
      if (news > most) [best, most] = [state, news];
    }
    const { way, kinds } = known.get(best!)!;
    for (const kind of kinds) left.delete(kind);
    starts.push({ state: best!, way, pairs: overlapping.pairs(best!) });
  }
  return { starts, kinds: ofKinds - left.size, ofKinds };
}

/** The kind of a pair; none if it can end in one way only. */
function kindOf({ calls }: CallPair, ends: readonly End[]): readonly string[] {
  if (ends.length < 2) return [];
  const [one, other] = calls.map(opsOf);
  const named = (first: string, second: string) => (text: string) =>
    text.replace(/\w+/g, (word) =>
      word === first ? 'one' : word === second ? 'other' : /^\d+$/.test(word) ? '#' : word,
    );
  const texts = [named(one!, other!), named(other!, one!)].map((alike) => {
    const results = ends.map(({ returned }) =>
      returned.map((result, i) => alike(`${calls[i]}: ${result}`)).sort(),
    );
    return [...new Set(results.map(String))].sort().join(' or ');
  });
  return [texts.sort()[0]!];
}
