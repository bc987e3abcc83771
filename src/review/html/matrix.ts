import { kernelTable } from '../kernelTable.js';
import type { Cell, Review, ReviewedDesign } from '../review.js';
import { inScope } from '../sentences.js';
import { anchor } from './breaks.js';
import { html, type Markup } from './markup.js';

/** Designs across, rules down; broken cells link to their stories. */
export const matrix = (review: Review): Markup => html`<section id="matrix">
<h2>Rules and designs</h2>
<div class="wide"><table class="matrix">
<caption>The verdict of each rule in each design${inScope(review)}</caption>
<thead><tr><th scope="col">rule</th>${review.designs.map(({ name }) => html`<th scope="col" class="name"><a href="#design-${name}">${name}</a></th>`)}<th scope="col">description</th></tr></thead>
<tbody>
${review.rules.map(({ id, description }) => html`<tr><th scope="row">${id}</th>${review.designs.map((design) => cell(review, id, design))}<td class="rule">${description}</td></tr>\n`)}</tbody>
</table></div>
<dl class="signs">
${review.signs.map(({ sign, means, cell }) => html`<dt class="${cell}">${sign}</dt><dd>${means}</dd>\n`)}</dl>
</section>
`;

/** Kernels across, the rules that they broke down; nothing if fewer than two kernels played. */
export function kernels(review: Review): Markup | '' {
  const all = kernelTable(review);
  if (all === undefined) return '';
  return html`<section id="kernels">
<h2>Rules and kernels</h2>
<div class="wide"><table class="matrix">
<caption>The rules that kernels broke, and the designs in which that changed${inScope(review)}</caption>
<thead><tr><th scope="col">rule</th>${all.kernels.map(({ design, name }) => html`<th scope="col" class="name"><a href="#design-${design.name}">${name}</a></th>`)}<th scope="col">change</th></tr></thead>
<tbody>
${all.rows.map(({ rule, changes }) => html`<tr><th scope="row">${rule.id}</th>${all.kernels.map(({ design }) => cell(review, rule.id, design))}<td class="rule">${changes.join('; ')}</td></tr>\n`)}</tbody>
</table></div>
</section>
`;
}

function cell(review: Review, rule: string, { name, cells }: ReviewedDesign): Markup {
  const what: Cell = cells[rule] ?? 'absent';
  const { sign, means } = review.signs.find((s) => s.cell === what)!;
  const text = html`<span aria-hidden="true">${sign}</span><span class="spoken">${means}</span>`;
  const isBroken = what === 'seen' || what === 'broken';
  return html`<td class="${what}">${isBroken ? html`<a href="#${anchor(rule, name)}" title="${rule} in ${name}: ${means}">${text}</a>` : text}</td>`;
}
