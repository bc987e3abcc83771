import { number } from '../../model/formatNumber.js';
import type { Change, FixReport, Review, ReviewedDesign, Since } from '../review.js';
import { compared, fixed, modelOnly, tally, walked } from '../sentences.js';
import { anchor } from './breaks.js';
import { html, Markup } from './markup.js';

/** Each design, and its differences from the one before it. */
export const designs = (review: Review): Markup => html`<section id="designs">
<h2>The designs</h2>
${review.designs.map((design) => one(review, design))}</section>
`;

function one(review: Review, design: ReviewedDesign): Markup {
  const { played } = review;
  const { name, description, source, kernel, coverage, since } = design;
  const { broken } = tally(design);
  return html`<article id="design-${name}">
<h3>${name}</h3>
<p class="says">${description}</p>
<p class="source">${source}</p>
<dl>
${played ? html`<dt>kernel</dt><dd>${kernel === undefined ? 'none' : html`<code>${kernel}</code>`}</dd>\n` : ''}<dt>breaks</dt><dd>${broken.length === 0 ? 'nothing' : broken.map((id, i) => html`${i === 0 ? '' : ', '}<a href="#${anchor(id, name)}">${id}</a>`)}</dd>
<dt>search</dt><dd>${walked(coverage)}${coverage.reductions.map((description) => html`<br/>${description}`)}</dd>
</dl>
${drawings(design)}${since === undefined ? '' : beside(design, since)}${fix(review, design)}</article>
`;
}

/** The drawing is not escaped: it comes from our own exporter. */
const life = (
  { name, target }: ReviewedDesign,
  { part, svg, because }: NonNullable<ReviewedDesign['chart']>,
): Markup =>
  svg === undefined
    ? html`<p>No chart of a ${part}'s life: ${because}; <code>recwalk export ${target} --to svg</code> draws one.</p>\n`
    : html`<figure><div class="wide">${new Markup(svg)}</div>
<figcaption>The life of a ${part} in ${name}; it is the same for each ${part}. An arrow names the call, its return value unless 0, and the callbacks to owners. Calls inside a state do not leave it.</figcaption></figure>
`;

const machine = ({
  name,
  svg,
  because,
}: NonNullable<ReviewedDesign['machines']>[number]): Markup =>
  svg === undefined
    ? html`<p>No chart of ${name}: ${because}.</p>\n`
    : html`<figure><div class="wide">${new Markup(svg)}</div>
<figcaption>The machine of ${name}.</figcaption></figure>
`;

const drawings = (design: ReviewedDesign): readonly Markup[] => [
  ...(design.chart === undefined ? [] : [life(design, design.chart)]),
  ...(design.machines ?? []).map(machine),
];

const beside = (
  { name, target }: ReviewedDesign,
  since: Since,
): Markup => html`<h4>Since ${since.name}</h4>
<ul>
${since.turned.map((t) => html`<li><code>${t.name}</code>: ${t.from} → ${t.to} <span class="source">(${t.description})</span></li>\n`)}</ul>
<p>${compared(since)}</p>
${since.differences.length === 0 ? '' : table(name, since)}${since.sorts > since.differences.length ? html`<p>And ${number(since.sorts - since.differences.length)} more: <code>recwalk diff ${since.target} ${target} --json</code></p>\n` : ''}`;

const table = (
  name: string,
  { name: before, differences }: Since,
): Markup => html`<div class="wide"><table>
<caption>The shortest story of each divergence class</caption>
<thead><tr><th scope="col">after</th><th scope="col">call</th><th scope="col">${before}</th><th scope="col">${name}</th><th scope="col">because of</th></tr></thead>
<tbody>
${differences.map(({ after, call, outcomes, because }) => html`<tr><td>${after.map((step, i) => html`${i === 0 ? '' : html`<br/>`}<code>${step}</code>`)}</td><th scope="row"><code>${call}</code></th>${outcomes.map((outcome) => html`<td>${outcome.split('; ').map((part, i) => html`${i === 0 ? '' : html`<br/>`}<code>${part}</code>`)}</td>`)}<td>${because.map((name, i) => html`${i === 0 ? '' : ', or '}<code>${name}</code>`)}</td></tr>\n`)}</tbody>
</table></div>
`;

const fix = (review: Review, design: ReviewedDesign): Markup | string =>
  design.fixReport === undefined
    ? ''
    : html`<h4>Fixes</h4>
${found(review, design, design.fixReport)}`;

function found(
  review: Review,
  design: ReviewedDesign,
  { command, sets = [], changes = [] }: FixReport,
): Markup {
  const description = fixed(design);
  if (tally(design).broken.length === 0) return html`<p>Nothing is broken in this scope.</p>\n`;
  if (description === undefined)
    return html`<p>Not searched here: <code>${command}</code> explores the design with every set of fixes, the smallest first.</p>\n`;
  return html`<p>${description}${modelOnly(review)}</p>
<ol>
${sets.map((set) => html`<li>${set.join(', ')}</li>\n`)}</ol>
<dl>
${changes.map(change)}</dl>
`;
}

const change = ({ name, description, where, drawback }: Change): Markup =>
  html`<dt>${name}</dt><dd>${description}<br/><span class="source">where: ${where}<br/>against: ${drawback}</span></dd>\n`;
