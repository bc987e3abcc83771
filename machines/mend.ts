import type { Switches } from './switches.js';

/** One change that would mend something: a switch turned. */
export interface Mend {
  readonly name: string;
  readonly description: string;
  /** Where in the kernel it would be done. */
  readonly where: string;
  /** What speaks against it, so that it can be argued with. */
  readonly against: string;
  readonly change: Partial<Switches>;
}

/** Whether it is a change at all. */
export const changes = ({ change }: Mend, switches: Switches): boolean =>
  Object.entries(change).some(([key, value]) => switches[key as keyof Switches] !== value);
