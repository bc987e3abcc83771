import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnyStateMachine } from 'xstate';
import * as faults from '../docs/examples/faults.js';
import { check } from '../src/search/check.js';
import { machineStimuli } from '../src/xstate/machineStimuli.js';
import { build } from './cli/recwalk.js';
import { everyNth } from './effort.js';

const root = new URL('../', import.meta.url);
const docs = [
  'README.md',
  ...readdirSync(new URL('docs/', root))
    .filter((f) => f.endsWith('.md'))
    .map((f) => `docs/${f}`),
];
const read = (file: string) => readFileSync(new URL(file, root), 'utf8');

/** The fenced blocks of a language in all documents. */
const blocks = (language: string) =>
  docs.flatMap((file) =>
    [...read(file).matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
      (m) => ({ file, text: m[1]! }),
    ),
  );

/** The programs that `npx` runs here: recwalk, and the TypeScript runner among its dependencies. */
const PROGRAMS: Readonly<Record<string, string>> = {
  recwalk: 'bin/recwalk.js',
  jiti: 'node_modules/jiti/lib/jiti-cli.mjs',
};

function run(command: string): string {
  const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(
    ([, quoted, bare]) => quoted ?? bare!,
  );
  const [npx, program, ...args] = words;
  const main = PROGRAMS[program ?? ''];
  if (npx !== 'npx' || main === undefined) throw new Error(`not a command of ours: ${command}`);
  try {
    return execFileSync(process.execPath, [main, ...args], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

/** All commands of README; some of those in other documents, and all of them in `npm run test:all`. */
const inConsole = blocks('console');
const inReadme = inConsole.filter(({ file }) => file === 'README.md');
const examples = [
  ...inReadme,
  ...everyNth(
    3,
    inConsole.filter((one) => !inReadme.includes(one)),
  ),
];

beforeAll(build, 600_000);

describe.each(examples)('$file', ({ text }) => {
  const [first, ...lines] = text.trimEnd().split('\n');
  test(first!, { timeout: 600_000 }, () => {
    const printed = run(first!.replace('$ ', ''));
    for (const passage of lines.join('\n').split(/^\.\.\.$/m))
      expect(printed).toContain(passage.trim());
  });
});

describe('the network in docs/extending.md', () => {
  const folder = mkdtempSync(join(root.pathname, 'test/lamp-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is checked as printed, and has its story', { timeout: 600_000 }, () => {
    const { text } = blocks('ts').find((block) => block.text.includes("name: 'lamp'"))!;
    const file = join(folder, 'lamp.ts');
    writeFileSync(file, text);
    const printed = run(`npx recwalk check ${file}`);
    expect(printed).toMatch(/dark +BROKEN/);
    expect(printed).toMatch(/1 +press/);
  });
});

describe('docs/start-here.md', () => {
  const folder = mkdtempSync(join(tmpdir(), 'recwalk-test-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('ends with a report and a reproducer', { timeout: 600_000 }, () => {
    const lines = blocks('sh')
      .filter(({ file }) => file === 'docs/start-here.md')
      .flatMap(({ text }) => text.trim().split('\n'))
      .filter((line) => !line.includes('--kernel'));
    for (const line of lines) {
      const typed = line.replace(
        'npx recwalk',
        `${process.execPath} ${join(root.pathname, PROGRAMS.recwalk!)}`,
      );
      execFileSync('sh', ['-ec', typed], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
    }
    expect(readdirSync(folder).sort()).toEqual([
      'ipmodify-joins-after-yes.story',
      'report.txt',
      'reproducer',
      'review.html',
    ]);
    expect(readdirSync(join(folder, 'reproducer'))).toContain('ipmodify-joins-after-yes.c');
  });
});

describe.each(['docs/your-own-machines.md', 'docs/test-runners.md', 'docs/xstate.md'])(
  '%s',
  (document) => {
    const examples = readdirSync(new URL('docs/examples/', root)).map((f) => `docs/examples/${f}`);
    const shown = blocks('ts').filter(({ file }) => file === document);

    test.each(shown.map(({ text }) => [text.split('\n')[0]!.trim(), text] as const))(
      'shows parts of an example that compiles: %s',
      (_first, text) => {
        expect(examples.filter((example) => read(example).includes(text))).toHaveLength(1);
      },
    );
  },
);

describe('docs/your-own-machines.md', () => {
  const shown = blocks('ts').filter(({ file }) => file === 'docs/your-own-machines.md');

  test('shows every refused machine, and a replacement', () => {
    const whole = read('docs/examples/faults.ts');
    expect(shown.map(({ text }) => text)).toContain(whole.slice(whole.indexOf('// RW')));
  });

  /** The error number and message of each machine that is refused. */
  const refused = new Map(
    [...read('docs/examples/faults.ts').matchAll(/^\/\/ (RW\d+: .*)\nexport const (\w+)/gm)].map(
      (match) => [match[2]!, match[1]!],
    ),
  );

  test.each(Object.entries(faults))('%s', async (name, machine: AnyStateMachine) => {
    const checked = check({
      name: 'shown',
      description: 'one machine',
      components: [{ name, machine }],
      stimuli: machineStimuli(name, machine, {
        events: machine.events.map((type) => ({ type, drawn: 1 })),
      }),
      world: () => undefined,
    });
    const why = refused.get(name);
    if (why === undefined) expect((await checked).exploration.complete).toBe(true);
    else {
      const [code, words] = why.split(': ') as [string, string];
      await expect(checked).rejects.toMatchObject({ code });
      await expect(checked).rejects.toThrow(words);
    }
  });

  test.each([
    ['checkout.ts', 1],
    ['checkout-one-key.ts', 1],
    ['checkout-fixed.ts', 0],
  ])('the exit code for %s is %i', (file, code) => {
    const args = [PROGRAMS.recwalk!, 'check', `docs/examples/${file}`];
    expect(spawnSync(process.execPath, args, { cwd: root }).status).toBe(code);
  });
});
