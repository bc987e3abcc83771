import type { Design } from '../../../../machines/design.js';
import { explorerIn } from '../../../explorer/page.js';
import type { EmbeddedExplorer } from '../../../review/html/page.js';
import type { CheckedDesign } from '../checkDesign.js';
import { explorerGiven } from '../explore/given.js';

/** The explorer of one of the designs of a review, which a page can hold once; `scope` as it was typed. */
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

/** The newest that a kernel here is built like, so that what is seen in the page can be seen on it, too; else the newest. */
export function explored(designs: readonly Design[]): Design {
  const built = designs.filter(({ kernel }) => kernel !== undefined);
  return (built.length > 0 ? built : designs).reduce((one, other) =>
    other.date > one.date ? other : one,
  );
}
