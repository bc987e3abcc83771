import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));

/**
 * What each part may import of ours, besides itself. A part that is not here fails the test: give
 * it its arrows first. `src/cli` is the only place where all parts meet.
 */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  machines: ['src/model'],
  'src/model': [],
  'src/engine': ['src/model'],
  'src/paths': ['src/model', 'src/engine', 'src/paths/reproducer'],
  // What is written for kernel people has to know which ops a name of a scope stands for.
  'src/paths/reproducer': ['src/model', 'src/paths', 'machines'],
  'src/diff': ['src/model', 'src/engine'],
  'src/export': ['src/model', 'src/engine'],
  'src/repair': ['src/model', 'src/engine'],
  'src/review': ['src/model', 'src/engine'],
  'src/kernel': ['src/model'],
  'src/fast-check': ['src/model', 'src/engine', 'src/paths'],
  'src/xstate-test': ['src/model', 'src/engine', 'src/paths'],
  'src/inspect': ['src/model'],
  // the page holds the machines themselves, and shows records and ops as such
  'src/explorer': ['src/model', 'src/engine', 'src/paths', 'machines'],
  'src/replay': ['src/model', 'src/engine', 'src/paths', 'src/kernel'],
};

const sources = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));

/** `src/engine` of `src/engine/table.ts`; `machines` of all that is in there. */
const partOf = (file: string) =>
  /^(machines|src\/paths\/reproducer|src\/[^/]+)/.exec(file)?.[0] ?? file;

const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** Everything that a text imports, types and late imports too. */
const imports = (text: string): string[] =>
  [...text.matchAll(/(?:\bfrom|\bimport\(|^import)\s*'([^']+)'/gm)].map((match) => match[1]!);

const files = [...sources('src'), ...sources('machines')];
const parts = [...new Set(files.map(partOf))].filter(
  (part) => !/^src\/(cli|index\.ts)$/.test(part),
);

test('imports of every form are seen', () => {
  const text = [
    "import type { A } from './a.js';",
    "import {\n  b,\n} from './b.js';",
    "export * from './c.js';",
    "import './d.js';",
    "const e = await import('./e.js');",
    "type F = import('./f.js').F;",
  ].join('\n');
  const seen = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `./${name}.js`);
  expect(new Set(imports(text))).toEqual(new Set(seen));
});

describe.each(parts)('%s', (part) => {
  const mine = files.filter((file) => partOf(file) === part);
  const imported = mine.flatMap((file) => imports(read(file)).map((what) => ({ file, what })));

  test('imports of ours what it may', () => {
    expect(Object.keys(ARROWS)).toContain(part);
    const allowed = [part, ...ARROWS[part]!];
    const strange = imported
      .filter(({ what }) => what.startsWith('.'))
      .map(({ file, what }) => ({ file, what: join(dirname(file), what) }))
      .filter(({ what }) => !allowed.includes(partOf(what)));
    expect(strange).toEqual([]);
  });

  if (part === 'machines')
    test('imports nothing else but xstate', () => {
      const others = imported.filter(({ what }) => !what.startsWith('.') && what !== 'xstate');
      expect(others).toEqual([]);
    });

  if (part === 'src/model')
    test('imports nothing but types, and its own', () => {
      const values = mine.flatMap(
        (file) => read(file).match(/^import (?!type ).*(?<!from '\.\/\w+\.js';)$/gm) ?? [],
      );
      expect(values).toEqual([]);
    });

  if (part === 'src/engine')
    test('has no word of Linux', () => {
      const emitted = mine.flatMap((file) =>
        (read(file).match(/^.*(?:ftrace|ipmodify|kernel|linux).*$/gim) ?? []).map(
          (line) => `${file}: ${line.trim()}`,
        ),
      );
      expect(emitted).toEqual([]);
    });
});
