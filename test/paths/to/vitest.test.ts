import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import checkout from '../../../docs/examples/checkout.js';
import fixed from '../../../docs/examples/checkout-fixed.js';
import { Shop, shop } from '../../../docs/examples/shop.js';
import type { TracePath } from '../../../src/paths/format.js';
import { format } from '../../../src/paths/to/vitest.js';
import { tracePathOf, tracePaths } from '../tracePaths.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const SLOW = { timeout: 600_000 };
const head = { tool: 'recwalk', version: '0', design: 'checkout', cover: 'transitions' } as const;

async function* each<T>(all: readonly T[]): AsyncGenerator<T> {
  yield* all;
}
const taken = () => ({ taken: 0, of: 0, steps: 0, paths: 0 });
async function filesOf(paths: readonly TracePath[]) {
  const files: { readonly name: string; readonly text: string }[] = [];
  for await (const file of format.files!(head, each(paths), taken)) files.push(file);
  return files;
}

/** A user's project: the output is in `paths`, beside the user's `system.ts`. */
const folders: string[] = [];
async function project(paths: readonly TracePath[], system: string): Promise<string> {
  // Node resolves Vitest from here as from any folder of a project.
  const folder = mkdtempSync(join(root, 'test/paths/project-'));
  folders.push(folder);
  mkdirSync(join(folder, 'paths'));
  writeFileSync(join(folder, 'system.ts'), system);
  // Else Vitest takes the settings of a folder above, and runs the tests of this repository.
  writeFileSync(join(folder, 'vitest.config.js'), 'export default {};\n');
  for (const { name, text } of await filesOf(paths))
    writeFileSync(join(folder, 'paths', name), text);
  return folder;
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

interface Assertion {
  readonly title: string;
  readonly status: 'passed' | 'failed';
  readonly failureMessages: readonly string[];
}

/** Runs Vitest itself; the tests it ran, in the order of the files. */
function vitest(folder: string, ...args: string[]): { code: number | null; tests: Assertion[] } {
  const out = join(folder, 'report.json');
  const main = join(root, 'node_modules/vitest/vitest.mjs');
  const report = ['--reporter=json', `--outputFile=${out}`];
  const { status } = spawnSync(process.execPath, [main, 'run', ...report, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  const { testResults } = JSON.parse(readFileSync(out, 'utf8')) as {
    testResults: { name: string; assertionResults: Assertion[] }[];
  };
  testResults.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { code: status, tests: testResults.flatMap((file) => file.assertionResults) };
}

const nameOf = ({ title }: Assertion) => title.split(':')[0]!;
const namesOf = (paths: readonly TracePath[]) => paths.map(({ description }) => description);

/** Live actors of a network, as a user's system. */
const liveSystem = (example: string) =>
  `import network from '../../../docs/examples/${example}';
import { live } from '../../../docs/examples/live.js';
export default live(network);
`;

describe('the checkout, on live actors', SLOW, () => {
  let paths: TracePath[];
  beforeAll(async () => {
    paths = await tracePaths(checkout, 200);
  });

  test('a correct system passes; two shards together run every path once', async () => {
    const folder = await project(paths, liveSystem('checkout.js'));
    const shards = ['1/2', '2/2'].map((shard) => vitest(folder, '--shard', shard));
    expect(shards.map(({ code }) => code)).toEqual([0, 0]);
    const [first, second] = shards.map(({ tests }) => tests);
    expect(first!.length).toBeGreaterThan(0);
    expect(second!.length).toBeGreaterThan(0);
    expect([...first!, ...second!].map(nameOf).sort()).toEqual(namesOf(paths).sort());
  });

  test('a wrong system fails where it diverges, nowhere else, with the message in the documents', async () => {
    const misuse = shop(true);
    const calls = [
      'the customer checks out',
      'the payment times out',
      'the bank books 1',
      'the customer cancels',
    ];
    const ways = [tracePathOf('path 10', fixed, calls), ...(await tracePaths(fixed, 200))];
    /** The first call of each path at which the careless shop differs from the model of the fixed one. */
    const departs = ways.flatMap(({ description, steps }) => {
      const real = new Shop(true);
      const at = steps.findIndex(({ stimulus, outcome }) => {
        misuse.send(real, stimulus);
        return String(misuse.read(real, undefined)) !== outcome.join();
      });
      return at < 0
        ? []
        : [`${description}, call ${at + 1} of ${steps.length}: ${steps[at]!.call}`];
    });
    const folder = await project(
      ways,
      "import { shop } from '../../../docs/examples/shop.js';\nexport default shop(true);\n",
    );
    const { code, tests } = vitest(folder);
    expect(code).toBe(1);
    const failed = tests.filter(({ status }) => status === 'failed');
    const emitted = failed.map(({ failureMessages }) => failureMessages[0]!);
    expect(emitted.map((text) => /path.*$/m.exec(text)![0])).toEqual(departs);
    expect(departs.length).toBeGreaterThan(0);
    const document = readFileSync(join(root, 'docs/test-runners.md'), 'utf8');
    const [, shown] = /^```\n(path [^`]*)^```/m.exec(document)!;
    expect(emitted[0]).toContain(shown);
    expect(tests.length).toBeGreaterThan(departs.length);
  });
});

/** A lamp with the calls press and look; this is the model's side. */
const lampPath = (description: string, calls: readonly string[]): TracePath => ({
  description,
  steps: calls.map((call, i) => {
    const isLit = calls.slice(0, i).filter((c) => c === 'press').length % 2 === 1;
    const outcome = call === 'press' ? ['nothing said'] : [isLit ? 'lit' : 'dark'];
    return {
      call,
      outcome,
      report: null,
      stimulus: { to: 'lamp', message: { type: call }, description: call },
    };
  }),
});

describe('a lamp that burns out, written by hand', SLOW, () => {
  const paths = [
    lampPath('once', ['look', 'press', 'look']),
    lampPath('5 times ($&)', ['press', 'press', 'press', 'press', 'press', 'look', 'press']),
    lampPath('drops', ['press', 'drop']),
  ];
  let folder: string;
  let ran: ReturnType<typeof vitest>;
  beforeAll(async () => {
    const system = `class Lamp { pressed = 0; }
export default {
  create: async () => new Lamp(),
  send: (lamp: Lamp, call: { description: string; message: { type: string } }) => {
    if (call.message.type === 'drop') throw new Error('it is in pieces');
    if (call.message.type === 'press') lamp.pressed++;
    return call.message.type === 'look';
  },
  read: async (lamp: Lamp, looked: boolean) =>
    looked ? [lamp.pressed % 2 === 1 && lamp.pressed < 5 ? 'lit' : 'dark'] : [],
};
`;
    folder = await project(paths, system);
    ran = vitest(folder);
  }, 600_000);

  test('a path is a test, with the story as its title', () => {
    expect(ran.tests.map(({ title, status }) => [title, status])).toEqual([
      ['once: look, press, look', 'passed'],
      ['5 times ($&): press, press, press, press, press, look, press', 'failed'],
      ['drops: press, drop', 'failed'],
    ]);
  });

  test('a failure prints the call, both outcomes, the story, and the command that runs it again', () => {
    const [text] = ran.tests[1]!.failureMessages;
    expect(text).toContain(`5 times ($&), call 6 of 7: look
  expected  lit
  got       dark
  1  press  (nothing said)
  2  press  (nothing said)
  3  press  (nothing said)
  4  press  (nothing said)
  5  press  (nothing said)
  6  look  (lit)
  again: npx vitest run paths-001 -t "5 times ....:"
`);
  });

  test('that command runs this path alone', () => {
    const { tests } = vitest(folder, 'paths-001', '-t', '5 times ....:');
    expect(tests.filter(({ status }) => (status as string) !== 'skipped').map(nameOf)).toEqual([
      '5 times ($&)',
    ]);
  });

  test('prints an exception of the system with the story, too', () => {
    const [text] = ran.tests[2]!.failureMessages;
    expect(text).toContain(`drops, call 2 of 2: drop
  the system failed: Error: it is in pieces
  1  press  (nothing said)`);
  });

  test('the files compile under the strictest settings', () => {
    const config = { extends: '../../tsconfig.json', include: ['.'] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
    expect(stdout).toBe('');
  });
});

describe('the files', () => {
  test('a file is full at a thousand steps, and has complete paths; no file overwrites system.ts', async () => {
    const paths = [...Array(7).keys()].map((i) =>
      lampPath(`path ${i + 1}`, Array(400).fill('look')),
    );
    const files = await filesOf(paths);
    expect(files.map(({ name }) => name)).toEqual([
      'walk.ts',
      'paths-001.test.ts',
      'paths-002.test.ts',
      'paths-003.test.ts',
    ]);
    const held = files.map(({ text }) =>
      [...text.matchAll(/description: "(path \d)"/g)].map((m) => m[1]),
    );
    expect(held.slice(1)).toEqual([
      ['path 1', 'path 2', 'path 3'],
      ['path 4', 'path 5', 'path 6'],
      ['path 7'],
    ]);
  });

  test('RW324: two calls with the same description', async () => {
    const [one] = lampPath('one', ['look']).steps;
    const other = { ...one!, stimulus: { ...one!.stimulus, to: 'another lamp' } };
    await expect(filesOf([{ description: 'two', steps: [one!, other] }])).rejects.toThrow(
      /^RW324: two calls have the same description, "look", so/,
    );
  });
});
