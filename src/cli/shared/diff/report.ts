import type { Diff, Difference } from '../../../diff/diff.js';
import type { CompiledSystem } from '../../../interpret/compiledSystem.js';
import type { Json } from '../../../model/network.js';
import type { PathStep } from '../../../paths/pathsJson.js';
import { storySteps } from '../render/storyLines.js';
import { version } from '../version.js';
import type { Because } from './causes.js';

/** What `diff --json` prints. */
export interface DiffReport {
  readonly tool: 'recwalk';
  readonly version: string;
  readonly designs: readonly [ReportedSide, ReportedSide];
  /** `unknown`: stopped before a difference was found. */
  readonly verdict: 'same' | 'differ' | 'unknown';
  readonly complete: boolean;
  readonly stopped?: string;
  /** Pairs of states that the same calls with the same outcomes lead to. */
  readonly pairs: number;
  readonly calls: number;
  readonly depth: number;
  readonly seconds: number;
  /** Between two designs: the switches that stand otherwise. */
  readonly turned?: Because['turned'];
  /** One of each sort, the shortest first. */
  readonly differences: readonly ReportedDifference[];
}

interface ReportedSide {
  readonly design: string;
  readonly scope: { readonly [key: string]: Json };
}

export interface ReportedDifference {
  readonly sort: string;
  readonly count: number;
  /** A shortest way on which both agree. */
  readonly steps: readonly PathStep[];
  readonly call: string;
  /** What each makes of the call, in the order of `designs`. */
  readonly outcomes: readonly [readonly string[], readonly string[]];
  /** Switches of the second design that alone make the first end the call like it. */
  readonly because?: readonly string[];
}

export function diffReport(
  { tables, complete, stopped, states, transitions, depth, differences }: Diff,
  names: readonly [string, string],
  seconds: number,
  because?: Because,
): DiffReport {
  const side = (i: 0 | 1): ReportedSide => ({
    design: names[i],
    scope: tables[i].network.scope ?? {},
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
      steps: agreedSteps(tables, difference),
      call: difference.description,
      outcomes: [difference.results[0].parts, difference.results[1].parts],
      ...(because === undefined ? {} : { because: because.causes.get(difference) ?? [] }),
    })),
  };
}

/** The calls before the difference. Both sides agree on the outcomes, so one side tells them for both. */
export function agreedSteps(
  [tables]: readonly [CompiledSystem, CompiledSystem],
  { path }: Difference,
): readonly PathStep[] {
  const steps = storySteps(
    tables,
    path.map(({ stimuli }) => stimuli[0]),
  );
  return steps.map(({ outcome }, i) => ({ call: path[i]!.description, outcome }));
}
