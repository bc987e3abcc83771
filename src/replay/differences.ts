import type { Difference } from './walk.js';

/** Differences of one sort, told once by the one with the shortest way to it. */
export interface Sort {
  readonly sort: string;
  count: number;
  shortest: Difference;
  /** Whether it came again by this way in a fresh guest. */
  cameAgain: boolean;
}

/**
 * Sorts differences by the call and what is unlike first: the errno, then who was asked, then the
 * records. State numbers ascend with the length of the way, so the smallest is the shortest.
 */
export class Differences {
  readonly sorts = new Map<string, Sort>();

  add(difference: Difference): void {
    const sort = sortOf(difference);
    const known = this.sorts.get(sort);
    if (known === undefined)
      this.sorts.set(sort, { sort, count: 1, shortest: difference, cameAgain: false });
    else {
      known.count++;
      if (difference.state < known.shortest.state) known.shortest = difference;
    }
  }

  get count(): number {
    return [...this.sorts.values()].reduce((sum, { count }) => sum + count, 0);
  }
}

/** Differences of one sort have the same name. */
export const sortOf = ({ call, expected, got }: Difference): string =>
  `${call}: ${unlike(expected, got)}`;

const isRecord = (part: string) => /^\d+: /.test(part);

function unlike(expected: readonly string[], got: string): string {
  const heads = [...new Set(expected.map(head))];
  if (!heads.includes(head(got)))
    return `${heads.join(' or ')} in the model, ${head(got)} on the kernel`;
  return `${head(got)}, and a function that looks or runs otherwise`;
}

const head = (outcome: string): string =>
  outcome
    .split('; ')
    .filter((part) => !isRecord(part))
    .join('; ');
