/** A kind whose members may be exchanged, as far as the small network shows; or why not. */
export interface SymmetryCheck {
  readonly kind: string;
  /** Undefined: every call commutes with every exchange, and no rule tells the difference. */
  readonly because?: string;
}
