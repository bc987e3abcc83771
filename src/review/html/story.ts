import { isOfKernel } from '../sentences.js';
import { changed, type FunctionSeen, type Look, type Step } from '../step.js';
import { html, type Markup } from './markup.js';

/** A story as a table: one row per call, one column per function. */
export function story(steps: readonly Step[], caption: string): Markup {
  if (!isOfKernel(steps)) return plainStory(steps, caption);
  const numbers = steps[0]?.functions.map((f) => f.number) ?? [];
  return html`<div class="wide"><table class="story">
<caption>${caption}</caption>
<thead><tr><th scope="col">step</th><th scope="col">call</th><th scope="col">returns</th><th scope="col">owners asked</th>${numbers.map((n) => html`<th scope="col">function ${n}</th>`)}</tr></thead>
<tbody>
${steps.map((step, i) => row(step, i, numbers, i === steps.length - 1))}</tbody>
</table></div>
`;
}

/** A story whose calls have an outcome alone. */
const plainStory = (
  steps: readonly Step[],
  caption: string,
): Markup => html`<div class="wide"><table class="story">
<caption>${caption}</caption>
<thead><tr><th scope="col">step</th><th scope="col">call</th><th scope="col">outcome</th></tr></thead>
<tbody>
${steps.map(({ call, events }, i) => html`<tr><td class="step">${i + 1}</td><th scope="row"><code>${call}</code></th><td>${events.map((part, n) => html`${n === 0 ? '' : html`<br/>`}<code>${part}</code>`)}</td></tr>\n`)}</tbody>
</table></div>
`;

function row(step: Step, i: number, numbers: readonly number[], isLast: boolean): Markup {
  const { call, returned = '', owners, events, aside } = step;
  const outcomeParts = [...owners, ...events];
  return html`<tr><td class="step">${i + 1}</td><th scope="row"><code>${call}</code>${aside.map((description) => html`<br/><span class="aside">the model: ${description}</span>`)}</th><td>${news(returned, returned !== '0')}</td><td>${outcomeParts.length === 0 && isLast ? html`<span class="same">none</span>` : ''}${outcomeParts.map((part, n) => html`${n === 0 ? '' : html`<br/>`}${news(part, true)}`)}</td>${
    step.functions.length > 0
      ? step.functions.map((one) => html`<td>${look(one)}</td>`)
      : numbers.map(() => html`<td class="same">not observable</td>`)
  }</tr>
`;
}

/** Marks new text by weight, underline and color, so that no reader depends on one of them. */
const news = (text: string, isNew: boolean): Markup =>
  isNew ? html`<mark><code>${text}</code></mark>` : html`<code>${text}</code>`;

function look(one: FunctionSeen): Markup {
  const { now, before } = one;
  if (!changed(one)) return html`<code class="same">${text(now, now)}</code>`;
  return html`<code>${text(now, before)}</code>`;
}

const text = (now: Look, before: Look): Markup =>
  html`(${marked(now.count, before.count)}) ${[...now.flags].map((flag, i) => marked(flag, before.flags[i]))} ${marked(now.direct, before.direct)} ran ${marked(now.ran, before.ran)}`;

const marked = (now: string, before: string | undefined): Markup =>
  now === before ? html`${now}` : html`<mark>${now}</mark>`;
