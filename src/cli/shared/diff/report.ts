import type { Diff, Difference } from '../../../diff/diff.js';
import type { CompiledSystem } from '../../../interpret/compiledSystem.js';
import type { Json } from '../../../model/network.js';
import type { PathStep } from '../../../paths/pathsJson.js';
import { storySteps } from '../render/storyLines.js';
import { version } from '../version.js';
import type { Because } from './causes.js';

/** Output of `diff --json`. */
export interface DiffReport {
  readonly tool: 'recwalk';
  readonly version: string;
  readonly designs: readonly [ReportedSide, ReportedSide];
  /** `unknown`: stopped before a difference was found. */
  readonly verdict: 'same' | 'differ' | 'unknown';
  readonly complete: boolean;
  readonly stopped?: string;
  /** Pairs of states reached by the same calls with the same outcomes. */
  readonly pairs: number;
  readonly calls: number;
  readonly depth: number;
  readonly seconds: number;
  /** Between two designs: the features that differ. */
  readonly turned?: Because['turned'];
  /** One difference per divergence class, the shortest first. */
  readonly differences: readonly ReportedDifference[];
}

interface ReportedSide {
  readonly design: string;
  readonly scope: { readonly [key: string]: Json };
}

/** One divergence class in the output of `diff --json`. */
export interface ReportedDifference {
  readonly sort: string;
  readonly count: number;
  /** A shortest path on which both sides agree. */
  readonly steps: readonly PathStep[];
  readonly call: string;
  /** The outcome of the call on each side, in the order of `designs`. */
  readonly outcomes: readonly [readonly string[], readonly string[]];
  /** Features of the second design that alone make the call in the first design end as in the second. */
  readonly because?: readonly string[];
}

/** The output of `diff --json`; `seconds` is the duration of the comparison. */
export function diffReport(
  { compiled, complete, stopped, states, transitions, depth, differences }: Diff,
  names: readonly [string, string],
  seconds: number,
  because?: Because,
): DiffReport {
  const side = (i: 0 | 1): ReportedSide => ({
    design: names[i],
    scope: compiled[i].network.scope ?? {},
  });
  return {
    tool: 'recwalk',
    version,
    designs: [side(0), side(1)],
    verdict: differences.length > 0 ? 'differ' : complete ? 'same' : 'unknown',
    complete,
    ...(stopped === undefined ? {} : { stopped }),
    pairs: states,
    calls: transitions,
    depth,
    seconds,
    ...(because === undefined ? {} : { turned: because.turned }),
    differences: differences.map((difference) => ({
      sort: difference.divergenceClass,
      count: difference.count,
      steps: agreedSteps(compiled, difference),
      call: difference.description,
      outcomes: [difference.results[0].parts, difference.results[1].parts],
      ...(because === undefined ? {} : { because: because.causes.get(difference) ?? [] }),
    })),
  };
}

/** The calls before the difference. Both sides agree on their outcomes, so the first side's outcomes serve for both. */
export function agreedSteps(
  [compiled]: readonly [CompiledSystem, CompiledSystem],
  { path }: Difference,
): readonly PathStep[] {
  const steps = storySteps(
    compiled,
    path.map(({ stimuli }) => stimuli[0]),
  );
  return steps.map(({ outcome }, i) => ({ call: path[i]!.description, outcome }));
}
