/** The result of `verifySymmetry` for one kind of names. */
export interface SymmetryCheck {
  readonly kind: string;
  /** The reason against exchanging names; undefined: every call commutes with every exchange, and no rule sees a difference. */
  readonly because?: string;
}
