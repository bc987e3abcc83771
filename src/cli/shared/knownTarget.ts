import type { Design } from '../../../machines/design.js';
import type { GuestKind } from '../../kernel/kinds.js';
import type { Network } from '../../model/network.js';

/** What a name on the command line stands for. */
export interface Target {
  readonly name: string;
  readonly network: Network;
  /** It is of the catalogue, and no file. */
  readonly known?: CatalogTarget;
  /** It is one of the designs. */
  readonly design?: Design;
}

/** What has a name of ours. */
export interface CatalogTarget {
  readonly name: string;
  readonly description: string;
  /** Where it was proposed or shipped, or read. */
  readonly source: string;
  readonly network: Network;
  /** The kernel that ought to behave like it, as `replay` knows it. */
  readonly kernel?: string;
  /** Which guest plays it, and the ways to set that up. */
  readonly guest: { readonly kind: GuestKind; readonly setups: readonly string[] };
}
