import type { PathStep } from '../../../paths/pathsJson.js';
import { storySteps } from '../render/storyLines.js';
import { type ReportedResult, reportResult } from '../report.js';
import { version } from '../version.js';
import { aftermath } from './aftermath.js';
import { type Found, isFound, isGone, judgedOf } from './reproduceBug.js';

/** One bug in the output of `bugs --json`. */
export interface ReportedBug {
  readonly name: string;
  readonly description: string;
  readonly report: string;
  readonly source: string;
  readonly fixedBy: string;
  readonly release: string;
  readonly rule: string;
  readonly found: boolean;
  readonly gone: boolean;
  /** In the form of `check --json`. */
  readonly before: ReportedResult;
  readonly after: ReportedResult;
  /** Calls that show the consequences of the bug, before the fix. */
  readonly afterwards?: readonly PathStep[];
}

/** Output of `bugs --json`. */
export interface BugReport {
  readonly tool: 'recwalk';
  readonly version: string;
  readonly bugs: readonly ReportedBug[];
}

/** The output of `bugs --json`. */
export const bugReport = (found: readonly Found[]): BugReport => ({
  tool: 'recwalk',
  version,
  bugs: found.map(reportBug),
});

function reportBug(one: Found): ReportedBug {
  const { name, description, report, source, fixedBy, release } = one.bug;
  const { rule, path = [] } = judgedOf(one.before);
  const steps = storySteps(one.before.checked.check.compiled, [...path, ...aftermath(one.bug)]);
  const afterwards = steps.slice(path.length);
  return {
    ...{ name, description, report, source, fixedBy, release, rule: rule.id },
    found: isFound(one),
    gone: isGone(one),
    before: reportResult(one.before.checked, one.before.seconds),
    after: reportResult(one.after.checked, one.after.seconds),
    ...(afterwards.length === 0 ? {} : { afterwards }),
  };
}
