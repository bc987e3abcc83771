import type { Given } from '../given.js';

/** A story that shows something wrong, to be played. */
export interface Example {
  /** The rule that it breaks; none where no rule is needed to call it wrong. */
  readonly rule?: string;
  readonly description: string;
  readonly calls: readonly number[];
}

/** Every story that the walk over all paths found. */
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
