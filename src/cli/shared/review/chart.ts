import type { Life } from '../../../domain.js';
import { type Chart, chartOf, isFlat } from '../../../export/chart.js';
import { lifecycle } from '../../../export/lifecycle.js';
import { number } from '../../../model/formatNumber.js';
import type { Drawing, ReviewedDesign } from '../../../review/review.js';
import { check } from '../../../search/check.js';
import type { Exploration } from '../../../search/explore.js';
import type { Limits } from '../../../search/limits.js';
import { networkOf, type Target } from '../target.js';

/** The kind of drawing that a format can show. */
export type Draws = 'svg' | 'mermaid' | 'nothing';

/** Maximum number of states of a design that is explored a second time, with its transitions, for the chart. */
const MOST = 200_000;

/**
 * The life of a part of a design, or the machine of each component if the domain has no such view. The names in the
 * drawings begin with `id`.
 */
export async function chartsOf(
  target: Target,
  judged: Exploration,
  draws: Draws,
  id: string,
  limits: Limits,
): Promise<Pick<ReviewedDesign, 'chart' | 'machines'>> {
  const life = target.domain.life?.(target.design.name);
  if (life === undefined)
    return draws === 'nothing' ? {} : { machines: await machineCharts(target, draws, id) };
  return {
    chart: { part: life.part, ...(await lifeChart(target, life, judged, draws, id, limits)) },
  };
}

/** Explores the design again to visit every transition. */
async function lifeChart(
  target: Target,
  life: Life<unknown>,
  judged: Exploration,
  draws: Draws,
  id: string,
  limits: Limits,
): Promise<Drawing> {
  if (draws === 'nothing') return {};
  if (!judged.complete) return { because: 'the search was stopped' };
  if (judged.states > MOST) return { because: `the scope has more than ${number(MOST)} states` };
  const walked = await check(networkOf(target, []), { ...limits, keepTransitions: true });
  if (!walked.exploration.complete) return { because: 'the search was stopped' };
  return drawn(lifecycle(walked, life, []), draws, id);
}

const machineCharts = (
  { network }: Target,
  draws: 'svg' | 'mermaid',
  id: string,
): Promise<NonNullable<ReviewedDesign['machines']>> =>
  Promise.all(
    network.components.map(async ({ name, machine }, i) => ({
      name,
      ...(isFlat(machine)
        ? await drawn(chartOf({ name, machine, description: '' }, []), draws, `${id}-${i + 1}`)
        : { because: 'its states are nested' }),
    })),
  );

async function drawn(chart: Chart, draws: 'svg' | 'mermaid', id: string): Promise<Drawing> {
  if (draws === 'mermaid')
    return { mermaid: (await import('../../../export/to/mermaid.js')).mermaid(chart) };
  return { svg: await (await import('../../../export/to/svg.js')).svg(chart, id) };
}
