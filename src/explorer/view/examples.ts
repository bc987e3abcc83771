import type { Given } from '../given.js';

/** A counterexample to play. */
export interface Example {
  /** The rule that it breaks; undefined for a finding, which needs no rule. */
  readonly rule?: string;
  readonly description: string;
  readonly calls: readonly number[];
}

/** Every counterexample that the search over all paths found. */
export const examplesOf = (given: Given | undefined): readonly Example[] =>
  given === undefined
    ? []
    : [
        ...given.verdicts.flatMap(({ rule, calls }) =>
          calls === undefined ? [] : [{ rule, description: `breaks ${rule}`, calls }],
        ),
        ...given.findings.map(({ kind, description, calls }) => ({
          description: `${kind}: ${description}`,
          calls,
        })),
      ];
