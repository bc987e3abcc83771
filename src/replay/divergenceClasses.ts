import { isRecord } from './callPairs.js';
import type { Divergence } from './runTrace.js';

/** A divergence class, represented by the divergence with the shortest path to it. */
export interface DivergenceClass {
  readonly name: string;
  count: number;
  shortest: Divergence;
  /** Whether it occurred again by this path in a fresh guest. */
  reproducible: boolean;
}

/**
 * Groups divergences by the call and by the first part that differs: the errno, then the owners asked, then the
 * records. State numbers ascend with the distance from the first state, so the smallest number has the shortest path.
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

/** The name of a divergence's class. */
export const classOf = ({ call, expected, got }: Divergence): string =>
  `${call}: ${unlike(expected, got)}`;

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
