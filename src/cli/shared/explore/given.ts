import type { Given } from '../../../explorer/given.js';
import type { Checked } from '../checkResult.js';
import { evidenceLines } from '../evidence.js';
import { version } from '../version.js';

/** The check results that the explorer page gets; `scope` is as typed. */
export function explorerGiven({ target, check, evidence }: Checked, scope: string): Given {
  const { states, transitions, complete, stopped } = check.exploration;
  return {
    version,
    design: target,
    scope,
    verdicts: check.rules.map(({ rule, verdict, path, missed, outOfScope }) => {
      const shown = evidence.get(rule.id)?.[0];
      return {
        rule: rule.id,
        verdict,
        ...(path && { calls: path }),
        ...(missed && { missed }),
        ...(outOfScope && { outOfScope }),
        evidence: shown === undefined ? [] : evidenceLines(shown),
      };
    }),
    findings: check.findings.map(({ kind, description, path }) => ({
      kind,
      description,
      calls: path,
    })),
    walked: { states, transitions, complete, ...(stopped && { stopped }) },
  };
}
