import type { Features } from './features.js';

/** A candidate fix: a change of features. */
export interface Fix {
  readonly name: string;
  readonly description: string;
  /** The place in the kernel for the change. */
  readonly where: string;
  /** The argument against it, so that readers can weigh it. */
  readonly drawback: string;
  readonly change: Partial<Features>;
}

/** Whether the fix changes any of these features. */
export const changes = ({ change }: Fix, features: Features): boolean =>
  Object.entries(change).some(([key, value]) => features[key as keyof Features] !== value);
