import type { Network } from '../model/network.js';
import type { Check } from '../search/check.js';
import type { Exploration } from '../search/explore.js';
import type { Limits } from '../search/limits.js';
import { type Chart, chartOf } from './chart.js';
import type { Shown } from './machine.js';

/** The output in pieces, to be written in order. */
export type Pieces = Iterable<string>;

/** A design in a scope, with all its transitions. */
export interface WalkedDesign {
  readonly network: Network;
  readonly check: Check;
  /** The life of a record in the design, with the description for the file. */
  life(): Chart;
}

/** A network in an export format. */
export interface Modelled {
  /** Undefined if a limit stopped the search. */
  readonly pieces?: Pieces;
  readonly exploration: Exploration;
  /** Rules and calls that the format cannot express. */
  readonly without: readonly string[];
}

/**
 * One format of `recwalk export`: a file in `src/export/to`, named as in --to. It has at least one of these methods.
 */
export interface ExportFormat {
  /** Exports a machine with the description for the file, one line each. */
  machine?(shown: Shown, description: readonly string[]): Promise<Pieces>;
  design?(walked: WalkedDesign): Promise<Pieces>;
  /** Exports any network, of a design or a file. The format explores it itself. */
  network?(network: Network, limits: Limits): Promise<Modelled>;
}

/** A format that draws a machine, or the life of a record in a design. */
export const drawing = (draw: (chart: Chart) => string | Promise<string>): ExportFormat => ({
  machine: async (shown, description) => [await draw(chartOf(shown, description))],
  design: async (walked) => [await draw(walked.life())],
});
