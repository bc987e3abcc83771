import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { marked } from 'marked';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { oneLine } from '../../src/model/controlCharacters.js';
import type { PathsFormat, TracePath } from '../../src/paths/format.js';
import { parsePathsFile } from '../../src/paths/pathsJson.js';
import { parseStories, parseStory, writeStory } from '../../src/paths/storyFormat.js';
import { format as c } from '../../src/paths/to/c.js';
import { format as json } from '../../src/paths/to/json.js';
import { format as sh } from '../../src/paths/to/sh.js';
import { format as story } from '../../src/paths/to/story.js';
import { format as tc } from '../../src/paths/to/tc.js';
import { format as vitest } from '../../src/paths/to/vitest.js';
import { anyTexts } from '../nasty.js';
import { type DesignPaths, filesOf, pathsOfClients, pathsOfDesign } from './pathsOfDesign.js';

const SLOW = { timeout: 120_000 };

/** A path of a network with arbitrary texts. */
const paths: fc.Arbitrary<TracePath> = fc.record({
  description: anyTexts,
  steps: fc.array(
    fc
      .record({ call: anyTexts, outcome: fc.array(anyTexts, { minLength: 1, maxLength: 2 }) })
      .map(({ call, outcome }) => ({
        ...{ call, outcome, report: outcome },
        stimulus: { to: call, message: { type: call }, description: call },
      })),
    { minLength: 1, maxLength: 3 },
  ),
});
const head = (design: string) =>
  ({ tool: 'recwalk', version: '0', design, cover: 'transitions' }) as const;

async function textOf({ text }: PathsFormat, design: string, path: TracePath): Promise<string> {
  const taken = () => ({ taken: 1, of: 1, steps: 1, paths: 1 });
  const all = (async function* () {
    yield path;
  })();
  let whole = '';
  for await (const piece of text!(head(design), all, taken)) whole += piece;
  return whole;
}

/** The steps in a form that a file of lines can represent. */
const inLines = ({ steps }: TracePath) =>
  steps.map(({ call, outcome }) => ({ call: oneLine(call), outcome: outcome.map(oneLine) }));

/** A note in the form in which a story stores it and parses back. */
const asNote = (note: string) => oneLine(`# ${note}`).slice(1).trim();

describe('paths of a network with arbitrary texts', SLOW, () => {
  test('parse back as stories', async () => {
    await fc.assert(
      fc.asyncProperty(anyTexts, paths, async (design, path) => {
        const [read, ...more] = parseStories(await textOf(story, design, path), 'a.story');
        expect(more).toEqual([]);
        expect(read!.notes).toEqual([path.description, `design ${design}`].map(asNote));
        expect(read!.steps).toEqual(inLines(path));
        expect(parseStory(writeStory(read!), 'a.story')).toEqual(read);
      }),
    );
  });

  test('parse back as JSON', async () => {
    await fc.assert(
      fc.asyncProperty(paths, async (path) => {
        const file = parsePathsFile(await textOf(json, 'it', path), 'a.json');
        expect(file.paths).toEqual([
          { description: oneLine(path.description), steps: inLines(path) },
        ]);
      }),
    );
  });

  test('are two imports, the calls and the walk as tests for Vitest, with exactly these texts', async () => {
    await fc.assert(
      fc.asyncProperty(anyTexts, paths, async (design, path) => {
        const all = await filesOf(vitest, { head: head(design), paths: [path] });
        const text = all.get('paths-001.test.ts')!;
        const source = ts.createSourceFile('a.ts', text, ts.ScriptTarget.ES2022, true);
        const { diagnostics } = ts.transpileModule(text, { reportDiagnostics: true });
        expect(diagnostics!.map(({ messageText }) => messageText)).toEqual([]);
        expect(source.statements.map(({ kind }) => ts.SyntaxKind[kind])).toEqual([
          'ImportDeclaration',
          'ImportDeclaration',
          'FirstStatement',
          'ExpressionStatement',
        ]);
        const literals = new Set<string>();
        const visit = (node: ts.Node) => {
          if (ts.isStringLiteral(node)) literals.add(node.text);
          ts.forEachChild(node, visit);
        };
        visit(source);
        for (const { call, outcome } of path.steps)
          for (const text of [path.description, call, ...outcome]) expect(literals).toContain(text);
        const walk = all.get('walk.ts')!;
        expect(walk.split('\n')[1]).toBe("import { expect, test } from 'vitest';");
      }),
    );
  });
});

/** The only file with this extension, and the README beside it. */
async function written(
  format: PathsFormat,
  from: DesignPaths,
  description: string,
  ending: string,
) {
  const files = await filesOf(format, {
    ...from,
    paths: from.paths.map((path) => ({ ...path, description, name: 'story' })),
  });
  return { text: files.get(`story${ending}`)!, readme: files.get('README.md')! };
}

/** C without its comments, as the compiler reads it, also with ??/ as a backslash. */
function withoutComments(source: string): string {
  const options = ['-fpreprocessed', '-dD', '-E', '-P', '-trigraphs', '-w', '-x', 'c', '-'];
  const { stdout, stderr, status } = spawnSync('gcc', options, { input: source, encoding: 'utf8' });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout;
}
const hasGcc = spawnSync('gcc', ['--version']).status === 0;

const shell = (script: string, ...options: string[]) =>
  spawnSync('sh', options, { input: script, encoding: 'utf8' });

/** The displayed text of a list in a README. */
const items = (readme: string): string[] => {
  const shown = (
    tokens: readonly { type: string; raw: string; text?: string; tokens?: never[] }[],
  ): string =>
    tokens
      .map((token) => {
        if (token.tokens !== undefined) return shown(token.tokens);
        if (token.type === 'escape' || token.type === 'text') return unescaped(token.text!);
        return token.type === 'codespan' ? unescaped(token.text!) : `<${token.type}>`;
      })
      .join('');
  return marked
    .lexer(readme)
    .flatMap((token) => (token.type === 'list' ? token.items : []))
    .map((item: { tokens: never[] }) => shown(item.tokens));
};
const unescaped = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

describe('an arbitrary description of a path', SLOW, () => {
  const clean = 'plain';

  test.runIf(hasGcc)('is one comment and one string of a module', async () => {
    const from = await pathsOfDesign('linux-6.12', 'small', clean, [
      'add X 1',
      'register X records 1',
    ]);
    const literal = /^( *pr_info\("# %s\\n", )"(?:[^"\\\n]|\\[^\n])*"\);$/gm;
    const bare = (source: string) => withoutComments(source).replace(literal, '$1...');
    const expected = bare((await written(c, from, clean, '.c')).text);
    expect(expected).toContain('pr_info("# %s\\n", ...');
    await fc.assert(
      fc.asyncProperty(anyTexts, async (description) => {
        expect(bare((await written(c, from, description, '.c')).text)).toBe(expected);
      }),
      { numRuns: 50 },
    );
  });

  test('is one comment of a test of ftracetest', async () => {
    const from = await pathsOfDesign('linux-6.12', 'tracers', clean, [
      'add T 1',
      'register T records 1',
    ]);
    const bare = (script: string) =>
      script.split('\n').map((line) => line.replace(/^# description: .*/, '# description: ...'));
    const expected = bare((await written(tc, from, clean, '.tc')).text);
    await fc.assert(
      fc.asyncProperty(anyTexts, async (description) => {
        const { text } = await written(tc, from, description, '.tc');
        expect(bare(text)).toEqual(expected);
        expect(text).not.toMatch(/[\r\u2028\0]/);
      }),
    );
    expect(shell(expected.join('\n'), '-n').status).toBe(0);
  });

  test('is comments and one word of a shell script, which prints it', async () => {
    const from = await pathsOfClients('clients@linux-6.1', 'small', clean, ['enable livepatch']);
    const shows = (line: string) => line.startsWith("printf '%s\\n' ");
    const bare = (script: string) =>
      script.split('\n').filter((line) => !line.startsWith('#') && !shows(line));
    const expected = bare((await written(sh, from, clean, '.sh')).text);
    await fc.assert(
      fc.asyncProperty(anyTexts, async (description) => {
        const { text } = await written(sh, from, description, '.sh');
        expect(bare(text)).toEqual(expected);
        const { stdout } = shell(text.split('\n').filter(shows).join('\n'));
        expect(stdout).toBe(`${Buffer.from(oneLine(`# ${description}`)).toString()}\n`);
      }),
      { numRuns: 30 },
    );
    expect(shell((await written(sh, from, clean, '.sh')).text, '-n').status).toBe(0);
  });

  test('is text in the README', async () => {
    const from = await pathsOfDesign('linux-6.12', 'tracers', clean, [
      'add T 1',
      'register T records 1',
    ]);
    await fc.assert(
      fc.asyncProperty(anyTexts, async (description) => {
        const { readme } = await written(tc, from, description, '.tc');
        expect(items(readme)).toEqual([`story.tc: ${oneLine(description)}`]);
      }),
    );
  });
});
