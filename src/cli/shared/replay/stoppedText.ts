import { number } from '../../../model/formatNumber.js';
import type { Exploration } from '../../../search/explore.js';

/** One line about a search that ended before it was complete. */
export const stoppedText = (design: string, { stopped, states }: Exploration): string =>
  `${design}: stopped (${stopped}) after ${number(states)} states; take a smaller scope or more --memory`;
