import type { Fix as FixOf } from '../src/domain.js';
import type { Features } from './features.js';

/** A candidate fix: a change of features, and its place in the kernel. */
export type Fix = FixOf<Features>;
