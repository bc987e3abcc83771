import type { Given } from '../../../explorer/given.js';
import { type Recording, record } from '../../../explorer/recording.js';
import { Walk } from '../../../explorer/walk.js';
import { chartOf, isFlat } from '../../../export/chart.js';
import { svg } from '../../../export/to/svg.js';
import type { Checked } from '../checkResult.js';
import { evidenceLines } from '../evidence.js';
import { ftrace } from '../registry.js';
import { forEver } from '../review/forEver.js';
import { serially } from '../review/serially.js';
import type { Target } from '../target.js';
import { version } from '../version.js';

/**
 * The check results that the explorer page gets. The page has the machines of ftrace; of another domain it gets a
 * recording.
 */
export async function explorerGiven(target: Target, { check, evidence }: Checked): Promise<Given> {
  const { states, transitions, complete, stopped } = check.exploration;
  const given: Given = {
    version,
    design: target.design.name,
    ...(target.scope && { scope: target.scope.typed }),
    verdicts: check.rules.map((judged) => {
      const { rule, verdict, path, missed, outOfScope } = judged;
      const sentences = [...forEver(judged), ...serially(check.compiled, judged)];
      const shown = evidence.get(rule.id)?.[0];
      return {
        rule: rule.id,
        verdict,
        ...(path && { calls: path }),
        ...(sentences.length > 0 && { aboutPath: sentences }),
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
  return target.domain === (await ftrace())
    ? given
    : { ...given, recording: await recordingOf(target, given) };
}

async function recordingOf(
  { network, domain: { display } }: Target,
  { verdicts, findings }: Given,
): Promise<Recording> {
  const stories = [...verdicts, ...findings].flatMap(({ calls }) => (calls ? [calls] : []));
  const charts = await Promise.all(
    network.components.flatMap(({ name, machine }, i) =>
      isFlat(machine)
        ? [
            svg(chartOf({ name, machine, description: '' }, []), `machine-${i + 1}`).then(
              (svg) => ({ name, svg }),
            ),
          ]
        : [],
    ),
  );
  return { ...record(new Walk(network, display), stories), charts };
}
