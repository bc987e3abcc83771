import type { Features } from './features.js';

/** One change that would fix something: a switch turned. */
export interface Fix {
  readonly name: string;
  readonly description: string;
  /** Where in the kernel it would be done. */
  readonly where: string;
  /** What speaks against it, so that it can be argued with. */
  readonly drawback: string;
  readonly change: Partial<Features>;
}

/** Whether it is a change at all. */
export const changes = ({ change }: Fix, features: Features): boolean =>
  Object.entries(change).some(([key, value]) => features[key as keyof Features] !== value);
