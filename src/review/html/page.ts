import { number } from '../../model/formatNumber.js';
import { kernelTable } from '../kernelTable.js';
import type { Review, ReviewedDesign } from '../review.js';
import {
  answer,
  inScope,
  legends,
  PLAIN_STORY,
  scopeFlag,
  sides,
  tally,
  title,
  walked,
} from '../sentences.js';
import { breaks } from './breaks.js';
import { designs } from './designs.js';
import { html, Markup } from './markup.js';
import { kernels, matrix } from './matrix.js';
import { style } from './style.js';

/** A section of the page that steps through one design. */
export interface EmbeddedExplorer {
  readonly design: string;
  /** Whether the machines run in the page; otherwise it has a recording of them. */
  readonly isLive: boolean;
  /** Elements and their script, inserted as they are. */
  readonly markup: string;
}

/** A review as one self-contained HTML page. Without an explorer the page has no section for one. */
export const page = (review: Review, explorer?: EmbeddedExplorer): string =>
  html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="generator" content="recwalk ${review.version}"/>
<title>${title(review)}${review.question === undefined ? '.' : ''} A review by recwalk</title>
<style>${new Markup(style)}</style>
</head>
<body>
${head(review, explorer)}<main>
${glance(review)}${matrix(review)}${kernels(review)}${reading(review)}${breaks(review)}${explorer === undefined ? '' : place(review, explorer)}${designs(review)}${bounds(review)}</main>
</body>
</html>
`.text;

function head(review: Review, explorer: EmbeddedExplorer | undefined): Markup {
  const { question, version, findings, played } = review;
  const description = answer(review);
  const places = [
    ['glance', 'At a glance'],
    ['matrix', 'Rules and designs'],
    ...(kernelTable(review) === undefined ? [] : [['kernels', 'Rules and kernels']]),
    ['reading', 'How to read a story'],
    ...(played
      ? [
          ['seen', 'Seen on a kernel'],
          ['model', 'In the model only'],
        ]
      : sides(review).map(({ id, title }) => [id, title])),
    ...(findings.length === 0 ? [] : [['faults', 'Without any rule']]),
    ...(explorer === undefined ? [] : [['explore', 'Step by step']]),
    ['designs', 'The designs'],
    ['bounds', 'Limits of this review'],
  ];
  return html`<header>
<p class="tool">recwalk ${version}, design review${inScope(review)}</p>
<h1>${question === undefined ? title(review) : `“${question.text}”`}</h1>
${question === undefined ? '' : html`<p class="source">The RFC mail: ${question.source}</p>\n`}${description === undefined ? '' : html`<p class="answer">${description}</p>\n`}<nav aria-label="Sections"><ul>
${places.map(([id, text]) => html`<li><a href="#${id}">${text}</a></li>\n`)}</ul></nav>
</header>
`;
}

const glance = (review: Review): Markup => html`<section id="glance">
<h2>At a glance</h2>
<div class="wide"><table>
<caption>The number of broken rules of each design${inScope(review)}</caption>
<thead><tr><th scope="col">design</th><th scope="col">description</th><th scope="col">rules broken</th>${review.played ? html`<th scope="col">of these seen on a kernel</th>` : ''}<th scope="col">states explored</th></tr></thead>
<tbody>
${review.designs.map((design) => line(review, design))}</tbody>
</table></div>
</section>
`;

function line({ played }: Review, design: ReviewedDesign): Markup {
  const { broken, seen, rules, unknown } = tally(design);
  const { stopped, states } = design.coverage;
  const open = unknown.length === 0 ? '' : `, ${unknown.length} unknown`;
  return html`<tr><th scope="row"><a href="#design-${design.name}">${design.name}</a></th><td>${design.description}</td><td class="number">${broken.length} of ${rules}${open}</td>${played ? html`<td class="number">${design.kernel === undefined ? 'no kernel' : seen.length}</td>` : ''}<td class="number">${number(states)}${stopped === undefined ? ', all' : `, stopped (${stopped})`}</td></tr>\n`;
}

/** How to read a story of a kernel's calls. */
const OF_KERNEL = html`<p>A story is a shortest sequence of calls that breaks the rule. Each call has its return value, the owners that it asked, and the line of each function in <code>enabled_functions</code>: <code>(count) flags trampoline ran CODE</code>, where CODE is the code that ran when the function was called; R is REGS, I is IPMODIFY, D is DIRECT. Changes by a call, and return values other than 0, are <mark>bold and underlined</mark>.</p>
`;

const reading = (review: Review): Markup => html`<section id="reading">
<h2>How to read a story</h2>
${review.played ? OF_KERNEL : html`<p>${PLAIN_STORY}</p>\n`}${legends(review).map(({ description, designs }, _, all) => html`<p>${all.length > 1 ? `${designs.join(', ')}: ` : ''}${description}</p>\n`)}<p>To print a story again: <code>recwalk check --explain RULE@DESIGN${scopeFlag(review)}</code>. To write it as a mail${review.played ? html`, with the story in the form that <code>recwalk replay</code> reads` : ''}: <code>recwalk review --finding RULE@DESIGN${scopeFlag(review)} -o report.txt</code>.</p>
</section>
`;

const place = (review: Review, { design, isLive, markup }: EmbeddedExplorer): Markup =>
  html`<section id="explore">
<h2>Step by step: ${design}</h2>
<p>${isLive ? `The machines of ${design} run here` : `The calls of ${design} were recorded here`}: make its calls, or play the story of a rule, call by call. The same page for any design: <code>recwalk explore DESIGN${scopeFlag(review)} -o page.html</code>.</p>
<noscript><p>This needs JavaScript.</p></noscript>
${new Markup(markup)}</section>
`;

const bounds = (review: Review): Markup => html`<section id="bounds">
<h2>Limits of this review</h2>
${scoped(review)}${review.limitations.length === 0 ? '' : html`<p>No design models, in any scope:</p>\n${list(review.limitations)}`}<div class="wide"><table>
<caption>The searches by recwalk ${review.version}; the digest changes if any machine handles any message differently</caption>
<thead><tr><th scope="col">design</th><th scope="col">search</th><th scope="col">machines</th></tr></thead>
<tbody>
${review.designs.map(({ name, coverage }) => html`<tr><th scope="row">${name}</th><td>${walked(coverage)}${coverage.reductions.map((description) => html`<br/>${description}`)}</td><td><code>${coverage.machines}</code></td></tr>\n`)}</tbody>
</table></div>
</section>
`;

function scoped({ scope }: Review): Markup {
  if (scope === undefined) return html`<p>A verdict is valid for these networks only.</p>\n`;
  const { description, beyond } = scope;
  const first = html`<p>A verdict is valid for its scope only: <code>${description}</code>.`;
  return beyond.length === 0
    ? html`${first}</p>\n`
    : html`${first} Not covered:</p>\n${list(beyond)}`;
}

const list = (lines: readonly string[]): Markup => html`<ul>
${lines.map((line) => html`<li>${line}</li>\n`)}</ul>
`;
