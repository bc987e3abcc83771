import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));

/** Most lines of a function, from its first line to its closing one, comments included. */
const MOST_LINES = 100;

const sources = ['src', 'machines', 'bin', 'test'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(tsx?|js)$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name))),
);

/** The name of a function, or of the variable or property that holds it. */
const nameOf = (node: ts.Node): string => {
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  const named = [node, node.parent] as readonly { readonly name?: ts.Node }[];
  return named.find(({ name }) => name)?.name?.getText() ?? 'a function';
};

/** Whether a function is the callback of `describe`: a list of tests, each of which is measured by itself. */
const listsTests = ({ parent }: ts.Node): boolean =>
  ts.isCallExpression(parent) && /^describe\b/.test(parent.expression.getText());

/** The functions, methods, accessors and constructors of a text with more than `most` lines. */
function longFunctions(file: string, text: string, most: number): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const long: string[] = [];
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line;
  const visit = (node: ts.Node) => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body && !listsTests(node)) {
      const first = lineOf(node.getStart());
      const lines = lineOf(node.end) - first + 1;
      if (lines > most) long.push(`${file}:${first + 1} ${nameOf(node)}: ${lines} lines`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return long;
}

test('measures functions of every form', () => {
  const text = [
    'function a() {\n\n}',
    'const b = () => {\n\n};',
    'class C {\n  d() {\n\n  }\n  get e() {\n\n    return 1;\n  }\n  constructor() {\n\n  }\n}',
    'const f = <p>\n{[1].map(() => (\n  <b />\n))}\n</p>;',
    'const g = () => 1;',
    "describe('h', () => {\n\n});\ndescribe.each([1])('i', () => {\n\n});",
    "test('j', () => {\n\n});",
  ].join('\n');
  expect(longFunctions('text.tsx', text, 2)).toEqual([
    'text.tsx:1 a: 3 lines',
    'text.tsx:4 b: 3 lines',
    'text.tsx:8 d: 3 lines',
    'text.tsx:11 e: 4 lines',
    'text.tsx:15 constructor: 3 lines',
    'text.tsx:20 a function: 3 lines',
    'text.tsx:31 a function: 3 lines',
  ]);
});

test(`no function has more than ${MOST_LINES} lines`, () => {
  expect(sources.length).toBeGreaterThan(500);
  const long = sources.flatMap((file) =>
    longFunctions(file, readFileSync(join(root, file), 'utf8'), MOST_LINES),
  );
  expect(long).toEqual([]);
});
