import { number } from '../../model/formatNumber.js';
import type { Review, ReviewedDesign } from '../review.js';
import { answer, legends, scopeFlag, tally, walked } from '../sentences.js';
import { breaks } from './breaks.js';
import { designs } from './designs.js';
import { html, Markup } from './markup.js';
import { matrix } from './matrix.js';
import { style } from './style.js';

/** A section of the page that steps through one design. */
export interface EmbeddedExplorer {
  readonly design: string;
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
<title>${review.question.text} A review by recwalk</title>
<style>${new Markup(style)}</style>
</head>
<body>
${head(review, explorer)}<main>
${glance(review)}${matrix(review)}${reading(review)}${breaks(review)}${explorer === undefined ? '' : place(review, explorer)}${designs(review)}${bounds(review)}</main>
</body>
</html>
`.text;

function head(review: Review, explorer: EmbeddedExplorer | undefined): Markup {
  const { question, scope, version, findings } = review;
  const description = answer(review);
  const places = [
    ['glance', 'At a glance'],
    ['matrix', 'Rules and designs'],
    ['reading', 'How to read a story'],
    ['seen', 'Seen on a kernel'],
    ['model', 'In the model only'],
    ...(findings.length === 0 ? [] : [['faults', 'Without any rule']]),
    ...(explorer === undefined ? [] : [['explore', 'Step by step']]),
    ['designs', 'The designs'],
    ['bounds', 'Limits of this review'],
  ];
  return html`<header>
<p class="tool">recwalk ${version}, design review, scope ${scope.name}</p>
<h1>“${question.text}”</h1>
<p class="source">The seed mail: ${question.source}</p>
${description === undefined ? '' : html`<p class="answer">${description}</p>\n`}<nav aria-label="Sections"><ul>
${places.map(([id, text]) => html`<li><a href="#${id}">${text}</a></li>\n`)}</ul></nav>
</header>
`;
}

const glance = ({ designs, scope }: Review): Markup => html`<section id="glance">
<h2>At a glance</h2>
<div class="wide"><table>
<caption>What each design breaks in the scope ${scope.name}</caption>
<thead><tr><th scope="col">design</th><th scope="col">what it is</th><th scope="col">rules broken</th><th scope="col">of these seen on a kernel</th><th scope="col">states walked</th></tr></thead>
<tbody>
${designs.map(line)}</tbody>
</table></div>
</section>
`;

function line(design: ReviewedDesign): Markup {
  const { broken, seen, rules, unknown } = tally(design);
  const { stopped, states } = design.coverage;
  const open = unknown.length === 0 ? '' : `, ${unknown.length} unknown`;
  return html`<tr><th scope="row"><a href="#design-${design.name}">${design.name}</a></th><td>${design.description}</td><td class="number">${broken.length} of ${rules}${open}</td><td class="number">${design.kernel === undefined ? 'no such kernel here' : seen.length}</td><td class="number">${number(states)}${stopped === undefined ? ', all' : `, stopped (${stopped})`}</td></tr>\n`;
}

const reading = (review: Review): Markup => html`<section id="reading">
<h2>How to read a story</h2>
<p>A story is a shortest sequence of calls after which the rule is broken, each with what the caller got, which owners were asked, and each function as <code>enabled_functions</code> has it: <code>(count) flags trampoline ran what-ran</code>; R is REGS, I is IPMODIFY, D is DIRECT. What a call changed, and what it returned unless 0, is <mark>bold and underlined</mark>.</p>
${legends(review).map(({ description, designs }, _, all) => html`<p>${all.length > 1 ? `${designs.join(', ')}: ` : ''}${description}</p>\n`)}<p>To print a story again: <code>recwalk check --explain RULE@DESIGN${scopeFlag(review)}</code>. As a mail, with the story as <code>recwalk replay</code> takes it: <code>recwalk review --finding RULE@DESIGN${scopeFlag(review)} -o report.txt</code>.</p>
</section>
`;

const place = (review: Review, { design, markup }: EmbeddedExplorer): Markup =>
  html`<section id="explore">
<h2>Step by step: ${design}</h2>
<p>The machines of ${design} run here: make its calls, or play the story of a rule, call by call. A page of any design by itself: <code>recwalk explore DESIGN${scopeFlag(review)} -o page.html</code>.</p>
<noscript><p>This needs JavaScript.</p></noscript>
${new Markup(markup)}</section>
`;

const bounds = ({
  version,
  scope,
  designs,
  limitations,
}: Review): Markup => html`<section id="bounds">
<h2>Limits of this review</h2>
<p>A verdict is about its scope and nothing else: <code>${scope.description}</code>. Beyond it:</p>
<ul>
${scope.beyond.map((description) => html`<li>${description}</li>\n`)}</ul>
<p>No design holds, in any scope:</p>
<ul>
${limitations.map((description) => html`<li>${description}</li>\n`)}</ul>
<div class="wide"><table>
<caption>What was walked, by recwalk ${version}; the digest changes if any machine handles any message differently</caption>
<thead><tr><th scope="col">design</th><th scope="col">walk</th><th scope="col">machines</th></tr></thead>
<tbody>
${designs.map(({ name, coverage }) => html`<tr><th scope="row">${name}</th><td>${walked(coverage)}${coverage.reductions.map((description) => html`<br/>${description}`)}</td><td><code>${coverage.machines}</code></td></tr>\n`)}</tbody>
</table></div>
</section>
`;
