import type { Design } from '../../../domain.js';
import { explorerIn } from '../../../explorer/page.js';
import type { EmbeddedExplorer } from '../../../review/html/page.js';
import type { Checked } from '../checkResult.js';
import { explorerGiven } from '../explore/given.js';
import type { Target } from '../target.js';

/** The explorer of one design of a review; a page can hold at most one. */
export async function reviewExplorer(
  targets: readonly Target[],
  checks: readonly Checked[],
  script: string,
): Promise<EmbeddedExplorer> {
  const design = explored(targets.map((target) => target.design));
  const at = targets.findIndex((target) => target.design === design);
  const given = await explorerGiven(targets[at]!, checks[at]!);
  const isLive = given.recording === undefined;
  return { design: design.name, isLive, markup: explorerIn({ given, script }) };
}

/**
 * The newest design that an available kernel implements, so that the page's stories can be seen on that kernel too;
 * without one, the newest design.
 */
export function explored(designs: readonly Design[]): Design {
  const built = designs.filter(({ kernel }) => kernel !== undefined);
  return (built.length > 0 ? built : designs).reduce((one, other) =>
    other.date > one.date ? other : one,
  );
}
