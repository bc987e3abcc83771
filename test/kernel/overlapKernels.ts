import type { DebianKernel } from '../../src/kernel/find.js';
import { testedKernels } from './play.js';

/** The kernels on which calls of several callers overlap: with 7.3 also 7.2, which needs the same build root. */
export const overlapKernels: readonly DebianKernel[] = testedKernels.flatMap((kernel) =>
  kernel === 'debian:7.3' ? (['debian:7.2', kernel] as const) : [kernel],
);
