/** The page's style sheet: light, dark and print. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #fff; --ink: #1f2328; --soft: #57606a; --box: #f3f6fa; --line: #d0d7de; --link: #0550ae;
  --kernel: #b3261e; --model: #7a4f01; --new: #fff3bf;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #0d1117; --ink: #e6edf3; --soft: #9aa5b1; --box: #161c24; --line: #343b44; --link: #79b8ff;
    --kernel: #ff8f87; --model: #e3b45c; --new: #4a3b00;
  }
}
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; }
body { max-width: 68rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: .25rem 0; }
h2 { font-size: 1.45rem; margin: 3rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.1rem; margin: 2rem 0 .25rem; font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
h4 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
p { margin: .4rem 0; max-width: 46rem; }
ul, ol { margin: .4rem 0; padding-left: 1.4rem; max-width: 46rem; }
code, pre { font: .85em/1.5 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
a { color: var(--link); text-underline-offset: .15em; }
:target { outline: 2px solid var(--link); outline-offset: .2rem; }
.tool, .source, figcaption, caption { color: var(--soft); font-size: .88rem; }
.says { font-size: 1.05rem; }
.answer { font-size: 1.15rem; font-weight: 600; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; padding: 0; max-width: none; }
.wide { overflow-x: auto; margin: .75rem 0; }
table { border-collapse: collapse; }
caption { text-align: left; padding-bottom: .25rem; }
th, td { text-align: left; vertical-align: top; padding: .25rem .7rem .25rem 0; border-bottom: 1px solid var(--line); font-size: .92rem; }
thead th { color: var(--soft); font-weight: 600; border-bottom-width: 2px; }
tbody th { font-weight: 500; white-space: nowrap; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.matrix td, .matrix .name { text-align: center; padding: .15rem .45rem; }
.matrix .name { vertical-align: bottom; white-space: nowrap; }
.matrix .name a { writing-mode: vertical-rl; transform: rotate(180deg); }
.matrix td.rule { text-align: left; color: var(--soft); font-size: .85rem; min-width: 20rem; }
.matrix td a { display: block; text-decoration-thickness: 1px; }
td.seen, td.broken, .signs dt { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-weight: 700; }
td.seen, td.seen a, dt.seen { color: var(--kernel); }
td.broken, td.broken a, dt.broken { color: var(--model); }
td.holds { color: var(--soft); }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: .6rem 0; }
dt { color: var(--soft); }
dd { margin: 0; max-width: 46rem; overflow-wrap: anywhere; }
.story code { white-space: nowrap; }
.story .same { color: var(--soft); }
.story tbody tr:last-child th, .story tbody tr:last-child td { background: var(--box); }
.step { color: var(--soft); text-align: right; font-variant-numeric: tabular-nums; }
.aside { color: var(--soft); font-size: .85rem; font-style: italic; white-space: normal; }
mark { background: var(--new); color: inherit; font-weight: 700; text-decoration: underline; text-underline-offset: .2em; }
.witnesses { list-style: none; padding: 0; margin-top: 1.2rem; }
.source + .witnesses { margin-top: .4rem; }
.by-kernel, .by-model { padding: 0 .4rem; border-radius: .25rem; font-size: .88rem; }
.by-kernel { border: 2px solid var(--kernel); color: var(--kernel); font-weight: 600; }
.by-model { border: 1px dashed var(--model); color: var(--model); font-style: italic; }
figure { margin: 1rem 0; }
figure svg { display: block; max-width: 100%; height: auto; }
#explorer { width: min(90rem, 100vw - 2.5rem); margin: 1rem 0 0 50%; transform: translateX(-50%); border: 1px solid var(--line); }
@media print {
  html { font-size: 10.5pt; }
  body { max-width: none; padding: 0; }
  nav, #explore { display: none; }
  a { color: inherit; }
  .wide { overflow: visible; }
  h2, h3, h4, caption, thead { break-after: avoid; }
  tr, figure { break-inside: avoid; }
  .story th, .story td { font-size: .8rem; padding-right: .4rem; }
  mark { border-bottom: 1px solid; }
  figure svg { max-height: 22cm; }
}
@page { margin: 1.6cm; }
`;
