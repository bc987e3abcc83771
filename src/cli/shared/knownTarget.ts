import type { Design } from '../../../machines/design.js';
import type { GuestKind } from '../../kernel/guestSources.js';
import type { Network } from '../../model/network.js';

/** The target of a name on the command line. */
export interface Target {
  readonly name: string;
  readonly network: Network;
  /** Set for a catalog target, unset for a file. */
  readonly known?: CatalogTarget;
  /** Set if the target is a design. */
  readonly design?: Design;
}

/** A target with a name in the catalog: a design, or clients of one. */
export interface CatalogTarget {
  readonly name: string;
  readonly description: string;
  /** The place in which it was proposed, shipped or read. */
  readonly source: string;
  readonly network: Network;
  /** The kernel that should behave like it, as named for `replay --kernel`. */
  readonly kernel?: string;
  /** The guest that plays it, and the guest's `setup` commands. */
  readonly guest: { readonly kind: GuestKind; readonly setups: readonly string[] };
}
