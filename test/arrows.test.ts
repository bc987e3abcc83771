import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));

/** The model checker, from the bottom up. */
const ENGINE = ['src/store', 'src/interpret', 'src/properties', 'src/reduce', 'src/search'];

/**
 * The parts of the project that each part may import, besides itself. A part without an entry fails the test. Only
 * `src/cli` imports all parts.
 */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  machines: ['src/model', 'src/domain.ts'],
  'src/model': [],
  // The kind of guest that a domain has.
  'src/domain.ts': ['src/model', 'src/kernel'],
  'src/store': ['src/model'],
  'src/interpret': ['src/model', 'src/store'],
  'src/properties': ['src/model', 'src/store', 'src/interpret'],
  'src/reduce': ['src/model', 'src/store', 'src/interpret', 'src/properties'],
  'src/search': ['src/model', 'src/store', 'src/interpret', 'src/properties', 'src/reduce'],
  'src/coverage': ['src/model', ...ENGINE],
  'src/paths': ['src/model', ...ENGINE, 'src/coverage', 'src/paths/reproducer'],
  // Output for kernel developers needs the ops behind each name of a scope.
  'src/paths/reproducer': ['src/model', 'src/paths', 'machines'],
  'src/diff': ['src/model', ...ENGINE],
  'src/export': ['src/model', 'src/domain.ts', ...ENGINE],
  'src/repair': ['src/model', ...ENGINE],
  'src/review': ['src/model', ...ENGINE],
  'src/kernel': ['src/model'],
  'src/fast-check': ['src/model', ...ENGINE, 'src/coverage', 'src/paths'],
  'src/xstate': ['src/model', 'src/interpret'],
  'src/xstate-test': ['src/model', ...ENGINE, 'src/coverage'],
  'src/inspect': ['src/model'],
  'src/explorer': ['src/model', 'src/domain.ts', ...ENGINE, 'src/coverage', 'src/paths'],
  'src/replay': ['src/model', ...ENGINE, 'src/coverage', 'src/paths', 'src/kernel'],
};

const sources = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));

/** `src/store` for `src/store/layout.ts`; `machines` for every file in it. */
const partOf = (file: string) =>
  (/^(machines|src\/paths\/reproducer|src\/[^/]+)/.exec(file)?.[0] ?? file).replace(/\.js$/, '.ts');

const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** All imports of a text, types and dynamic imports included. */
const imports = (text: string): string[] =>
  [...text.matchAll(/(?:(?<!')\bfrom|\bimport\(|^import)\s*'([^']+)'/gm)].map((match) => match[1]!);

const files = [...sources('src'), ...sources('machines')];
const parts = [...new Set(files.map(partOf))].filter(
  (part) => !/^src\/(cli|index\.ts)$/.test(part),
);

test('finds imports of every form', () => {
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

  test('imports only the allowed parts of the project', () => {
    expect(Object.keys(ARROWS)).toContain(part);
    const allowed = [part, ...ARROWS[part]!];
    const strange = imported
      .filter(({ what }) => what.startsWith('.'))
      .map(({ file, what }) => ({ file, what: join(dirname(file), what) }))
      .filter(({ what }) => !allowed.includes(partOf(what)));
    expect(strange).toEqual([]);
  });

  if (part === 'machines')
    test('imports no package except xstate', () => {
      const others = imported.filter(({ what }) => !what.startsWith('.') && what !== 'xstate');
      expect(others).toEqual([]);
    });

  if (part === 'src/model')
    test('imports only types, and values of its own part', () => {
      const values = mine.flatMap(
        (file) => read(file).match(/^import (?!type ).*(?<!from '\.\/\w+\.js';)$/gm) ?? [],
      );
      expect(values).toEqual([]);
    });

  if (
    [...ENGINE, 'src/model', 'src/coverage', 'src/diff', 'src/repair', 'src/fast-check'].includes(
      part,
    )
  )
    test('contains no word of Linux', () => {
      const words =
        /ftrace|ipmodify|kernel|linux|trampoline|livepatch|kprobe|\bbpf\b|dyn_ftrace|\bops\b|\berrno\b|sysctl|notrace|debian|qemu/i;
      const found = mine
        .filter((file) => file !== 'src/model/errorCodes.ts')
        .flatMap((file) =>
          read(file)
            .split('\n')
            .filter((line) => words.test(line))
            .map((line) => `${file}: ${line.trim()}`),
        );
      expect(found).toEqual([]);
    });
});

test('the command line imports machines where they are registered, and where it is about known bugs', () => {
  const MAY = /^src\/cli\/(shared\/registry\.ts|commands\/bugs\.ts|shared\/bug\/)/;
  const cli = files.filter((file) => file.startsWith('src/cli/'));
  const importing = cli.filter((file) =>
    imports(read(file)).some((what) => join(dirname(file), what).startsWith('machines/')),
  );
  expect(importing).toContain('src/cli/shared/registry.ts');
  expect(importing.filter((file) => !MAY.test(file))).toEqual([]);
});

test('no command imports another', () => {
  const commands = files.filter((file) => file.startsWith('src/cli/commands/'));
  expect(commands.length).toBeGreaterThan(10);
  for (const file of commands) {
    const others = imports(read(file)).filter((what) => what.startsWith('./'));
    expect([file, ...others]).toEqual([file]);
  }
});

test('no file imports itself through others, types included', () => {
  const importsOf = new Map(
    files.map((file) => [
      file,
      imports(read(file))
        .filter((what) => what.startsWith('.'))
        .map((what) => join(dirname(file), what).replace(/\.js$/, '.ts'))
        .map((what) => (files.includes(what) ? what : `${what}x`))
        .filter((what) => files.includes(what)),
    ]),
  );
  const finished = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]) => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
    if (path.includes(file) || finished.has(file)) return;
    for (const next of importsOf.get(file)!) visit(next, [...path, file]);
    finished.add(file);
  };
  for (const file of files) visit(file, []);
  expect(circles).toEqual([]);
});
