import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const root = new URL('../', import.meta.url);
const docs = [
  'README.md',
  ...readdirSync(new URL('docs/', root))
    .filter((f) => f.endsWith('.md'))
    .map((f) => `docs/${f}`),
];
const read = (file: string) => readFileSync(new URL(file, root), 'utf8');

/** Fenced blocks of a language, of all documents. */
const blocks = (language: string) =>
  docs.flatMap((file) =>
    [...read(file).matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
      (m) => ({ file, text: m[1]! }),
    ),
  );

function run(command: string): string {
  const [program, ...args] = command.split(' ');
  if (program !== 'npx' || args.shift() !== 'recwalk')
    throw new Error(`not a recwalk command: ${command}`);
  try {
    return execFileSync(process.execPath, ['dist/src/cli/main.js', ...args], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

describe.each(blocks('console'))('$file', ({ text }) => {
  const [first, ...lines] = text.trimEnd().split('\n');
  test(first!, { timeout: 60_000 }, () => {
    const printed = run(first!.replace('$ ', ''));
    for (const passage of lines.join('\n').split(/^\.\.\.$/m))
      expect(printed).toContain(passage.trim());
  });
});

describe('the network in docs/extending.md', () => {
  const folder = mkdtempSync(join(root.pathname, 'test/lamp-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is checked as it stands, and tells its story', { timeout: 60_000 }, () => {
    const { text } = blocks('ts').find((block) => block.text.includes("name: 'lamp'"))!;
    const file = join(folder, 'lamp.ts');
    writeFileSync(file, text);
    const printed = run(`npx recwalk check ${file}`);
    expect(printed).toMatch(/dark +BROKEN/);
    expect(printed).toMatch(/1 +press/);
  });
});
