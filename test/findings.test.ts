import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Counted, clientCounts, counts } from './machines/golden.js';

const root = new URL('..', import.meta.url);
const text = readFileSync(new URL('docs/findings.md', root), 'utf8');

interface Seen {
  readonly rule: string;
  readonly kernel: string;
  /** Why no kernel can show it. */
  readonly unobservable?: string;
}

/** What kernels showed of a target, in the scopes that `isCounted` accepts. */
const seenOf = (target: string, isCounted: (scope: string) => boolean): readonly Seen[] =>
  readdirSync(new URL('machines/seen/', root))
    .filter((file) => file.startsWith(`${target}.`) && file.endsWith('.json'))
    .filter((file) => isCounted(file.slice(target.length + 1, -'.json'.length)))
    .flatMap((file) => JSON.parse(readFileSync(new URL(`machines/seen/${file}`, root), 'utf8')));

/** The rows that the counts of searches and the records of kernels require. */
function rowsOf(
  known: Readonly<Record<string, Readonly<Record<string, Counted>>>>,
  prefix: string,
  isCounted: (scope: string) => boolean,
): readonly string[] {
  const brokenIn = (design: string) =>
    new Set(
      Object.entries(known[design]!)
        .filter(([scope]) => isCounted(scope))
        .flatMap(([, { broken }]) => Object.keys(broken)),
    );
  const seen = new Map(
    Object.keys(known).map((design) => [design, seenOf(`${prefix}${design}`, isCounted)]),
  );
  const kernels = [...seen].filter(([, all]) => all.length > 0);
  const designs = Object.keys(known).slice(Object.keys(known).indexOf(kernels[0]![0]));
  const rules = [...new Set(designs.flatMap((design) => [...brokenIn(design)]))].sort();
  const changes = (rule: string) =>
    designs
      .slice(1)
      .flatMap((design, i) => {
        const [was, is] = [designs[i]!, design].map((one) => brokenIn(one).has(rule));
        return was === is ? [] : [`${is ? 'broken' : 'holds'} since ${design}`];
      })
      .join('; ');
  return [
    `| rule | ${kernels.map(([, [first]]) => first!.kernel.replace('Debian ', '')).join(' | ')} | change |`,
    `|${'---|'.repeat(kernels.length + 2)}`,
    ...rules.map((rule) => {
      const cells = kernels.map(([design, all]) =>
        all.some((one) => one.rule === rule && one.unobservable === undefined)
          ? '**!**'
          : brokenIn(design).has(rule)
            ? 'x'
            : '.',
      );
      return `| ${rule} | ${cells.join(' | ')} | ${changes(rule)} |`;
    }),
  ];
}

test('docs/findings.md has the rules against the kernels, for calls in the default scope', () => {
  expect(text).toContain(rowsOf(counts, '', (scope) => scope === 'default').join('\n'));
});

test('docs/findings.md has the rules against the kernels, for clients in all named scopes', () => {
  expect(text).toContain(rowsOf(clientCounts, 'clients@', () => true).join('\n'));
});
