import type { Network } from '../model/network.js';
import { UserError } from '../model/userError.js';
import type { Check } from '../search/check.js';
import type { Exploration } from '../search/explore.js';
import type { Limits } from '../search/limits.js';
import { type Chart, chartOf, isFlat } from './chart.js';
import type { Shown } from './machine.js';
import { stateChart } from './stateGraph.js';

/** The output in pieces, to be written in order. */
export type Pieces = Iterable<string>;

/** A design in a scope, with all its transitions. */
export interface WalkedDesign {
  readonly network: Network;
  readonly check: Check;
  /** The description for the file, one line each. */
  readonly description: readonly string[];
  /** The life of a part of the design; undefined if its domain has no such view. */
  life?(): Chart;
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

/** A format that draws a machine, or of a design the life of a part or all states. */
export const drawing = (draw: (chart: Chart) => string | Promise<string>): ExportFormat => ({
  machine: async (shown, description) => {
    if (!isFlat(shown.machine))
      throw new UserError(
        'RW112',
        `machine ${shown.name}: only flat states can be drawn; export a network with it, which draws every state`,
      );
    return [await draw(chartOf(shown, description))];
  },
  design: async ({ check, description, life }) => [
    await draw(life?.() ?? stateChart(check, description)),
  ],
});
