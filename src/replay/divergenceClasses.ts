import type { Divergence } from './runTrace.js';

/** Differences of one sort, told once by the one with the shortest way to it. */
export interface DivergenceClass {
  readonly name: string;
  count: number;
  shortest: Divergence;
  /** Whether it came again by this way in a fresh guest. */
  reproducible: boolean;
}

/**
 * Sorts differences by the call and what is unlike first: the errno, then who was asked, then the
 * records. State numbers ascend with the length of the way, so the smallest is the shortest.
 */
export class DivergenceClasses {
  readonly classes = new Map<string, DivergenceClass>();

  add(difference: Divergence): void {
    const name = classOf(difference);
    const known = this.classes.get(name);
    if (known === undefined)
      this.classes.set(name, { name, count: 1, shortest: difference, reproducible: false });
    else {
      known.count++;
      if (difference.state < known.shortest.state) known.shortest = difference;
    }
  }

  get count(): number {
    return [...this.classes.values()].reduce((sum, { count }) => sum + count, 0);
  }
}

/** Differences of one sort have the same name. */
export const classOf = ({ call, expected, got }: Divergence): string =>
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
