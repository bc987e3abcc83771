import { type Design, networkOf } from '../../../../machines/design.js';
import { lifeOf } from '../../../../machines/lifecycle.js';
import { parseScope } from '../../../../machines/scopes.js';
import type { Chart } from '../../../export/chart.js';
import { lifecycle } from '../../../export/lifecycle.js';
import { number } from '../../../model/formatNumber.js';
import type { ReviewedDesign } from '../../../review/review.js';
import { check } from '../../../search/check.js';
import type { Exploration } from '../../../search/explore.js';
import type { Limits } from '../../../search/limits.js';

/** The kind of drawing that a format can show. */
export type Draws = 'svg' | 'mermaid' | 'nothing';

/** Maximum number of states for which a second search, which stores its transitions, is made for the chart. */
const MOST = 200_000;

/**
 * The life of a record in a design. Explores the design again to visit every transition. `id` is only for the names in
 * the drawing.
 */
export async function chartOf(
  design: Design,
  scope: string,
  judged: Exploration,
  draws: Draws,
  id: string,
  limits: Limits,
): Promise<ReviewedDesign['chart']> {
  if (draws === 'nothing') return {};
  if (!judged.complete) return { because: 'the walk was stopped' };
  if (judged.states > MOST) return { because: `the scope has more than ${number(MOST)} states` };
  const network = networkOf(design, parseScope(scope), []);
  const walked = await check(network, { ...limits, keepTransitions: true });
  if (!walked.exploration.complete) return { because: 'the walk was stopped' };
  const chart = lifecycle(walked, lifeOf(design.name), []);
  return draws === 'svg'
    ? { svg: await drawn(chart, id) }
    : { mermaid: (await import('../../../export/to/mermaid.js')).mermaid(chart) };
}

const drawn = async (chart: Chart, id: string) =>
  (await import('../../../export/to/svg.js')).svg(chart, id);
