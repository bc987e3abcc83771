import type { Design } from '../../../../machines/design.js';
import { explorerIn } from '../../../explorer/page.js';
import type { EmbeddedExplorer } from '../../../review/html/page.js';
import type { CheckedDesign } from '../checkDesign.js';
import { explorerGiven } from '../explore/given.js';

/** The explorer of one design of a review; a page can hold at most one. `scope` is as typed. */
export function reviewExplorer(
  designs: readonly Design[],
  checks: readonly CheckedDesign[],
  scope: string,
  script: string,
): EmbeddedExplorer {
  const { name } = explored(designs);
  const given = explorerGiven(checks.find(({ target }) => target === name)!, scope);
  return { design: name, markup: explorerIn({ given, script }) };
}

/**
 * The newest design that a kernel here is built like, so that the page's stories can be seen on that kernel too;
 * without one, the newest design.
 */
export function explored(designs: readonly Design[]): Design {
  const built = designs.filter(({ kernel }) => kernel !== undefined);
  return (built.length > 0 ? built : designs).reduce((one, other) =>
    other.date > one.date ? other : one,
  );
}
