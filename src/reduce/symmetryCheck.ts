/** Whether the members of a kind may be exchanged, as far as `verifySymmetry` can show it; if not, why. */
export interface SymmetryCheck {
  readonly kind: string;
  /** Undefined: every call commutes with every exchange, and no rule distinguishes the images. */
  readonly because?: string;
}
