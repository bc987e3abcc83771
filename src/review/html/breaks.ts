import type { Break, Review, ReviewedFinding, Witness } from '../review.js';
import { alike, type BrokenRule, notes, type Side, sides } from '../sentences.js';
import { html, type Markup } from './markup.js';
import { story } from './story.js';

/** Id of the element with the story of a cell. */
export const anchor = (rule: string, design: string): string => `${rule}@${design}`;

/** Every broken rule with its stories: first those that kernels showed, then those of the model only. */
export function breaks(review: Review): readonly Markup[] {
  return [
    ...sides(review).map(section),
    ...(review.findings.length === 0 ? [] : [findings(review.findings)]),
  ];
}

const section = ({ id, title, description, broken }: Side): Markup => html`<section id="${id}">
<h2>${title}</h2>
<p>${broken.length === 0 ? 'Nothing.' : description}</p>
${broken.map(article)}</section>
`;

const article = ({ rule, breaks }: BrokenRule): Markup => html`<article>
<h3>${rule.id}</h3>
<p class="says">${rule.description}</p>
<p class="source">${rule.source}</p>
${breaks.map((found) => breakSection(found))}</article>
`;

/** One way in which a rule breaks. */
function breakSection(found: Break): Markup {
  const designs = found.designs.map(({ design }) => design).join(', ');
  return html`<ul class="witnesses">
${alike(found.designs).map((some) => html`<li>${some.map(({ design }, i) => html`${i === 0 ? '' : ', '}<a id="${anchor(found.rule, design)}" href="#design-${design}">${design}</a>`)} ${shown(some[0]!)}</li>\n`)}</ul>
${notes(found).map((note) => html`<p>${note}</p>\n`)}${found.steps && found.steps.length > 0 ? story(found.steps, `How ${found.rule} breaks in ${designs}`) : ''}`;
}

const shown = ({ seen, unobservable }: Witness): readonly Markup[] => [
  ...seen.map((kernel) => html`<span class="by-kernel">seen on ${kernel}</span> `),
  ...unobservable.map((why) => html`<span class="by-model">${why}</span> `),
];

const findings = (all: readonly ReviewedFinding[]): Markup => html`<section id="faults">
<h2>Failures outside of the rules</h2>
${all.map(({ design, kind, description, steps }) => html`<article>\n<h3>${kind} in ${design}</h3>\n<p class="says">${description}</p>\n${story(steps, `Story of the ${kind} in ${design}`)}</article>\n`)}</section>
`;
