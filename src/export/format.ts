import type { Network } from '../model/network.js';
import type { Check } from '../search/check.js';
import type { Exploration } from '../search/explore.js';
import type { Limits } from '../search/limits.js';
import { type Chart, chartOf } from './chart.js';
import type { Shown } from './machine.js';

/** What is written, in pieces, one after the other. */
export type Pieces = Iterable<string>;

/** A design in a scope, with all its transitions. */
export interface WalkedDesign {
  readonly network: Network;
  readonly check: Check;
  /** The life of a record in it, with what is told of it in the file. */
  life(): Chart;
}

/** A network as a format has it. */
export interface Modelled {
  /** Undefined where a limit stopped the walk. */
  readonly pieces?: Pieces;
  readonly exploration: Exploration;
  /** Rules and calls that the format cannot say. */
  readonly without: readonly string[];
}

/** One format of `recwalk export`: a file in `src/export/to`, whose name is what is typed. It holds at least one of these. */
export interface ExportFormat {
  /** A machine, and what is told of it in the file, a line each. */
  machine?(shown: Shown, description: readonly string[]): Promise<Pieces>;
  design?(walked: WalkedDesign): Promise<Pieces>;
  /** Any network, a design's or a file's, which the format walks in a way of its own. */
  network?(network: Network, limits: Limits): Promise<Modelled>;
}

/** A drawing, of a machine or of the life of a record in a design. */
export const drawing = (draw: (chart: Chart) => string | Promise<string>): ExportFormat => ({
  machine: async (shown, description) => [await draw(chartOf(shown, description))],
  design: async (walked) => [await draw(walked.life())],
});
