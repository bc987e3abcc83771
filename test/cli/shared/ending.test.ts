import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build, fixture, main, plain, type Ran, recwalk, root } from '../recwalk.js';

const SLOW = { timeout: 600_000 };
const folder = mkdtempSync(join(tmpdir(), 'recwalk-test-'));
const lamp = JSON.stringify(join(root, fixture('lamp.ts')));
const broken = JSON.stringify(join(root, fixture('broken-lamp.ts')));

/** A user's network file with additional code. */
let files = 0;
function network(does: string, of = lamp): string {
  const file = join(folder, `mine${++files}.ts`);
  writeFileSync(file, `import room from ${of};\n${does}\nexport default room;\n`);
  return file;
}

/** Runs the program in a shell that redirects its output. */
function shell(line: string): Ran {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', line], {
    cwd: root,
    env: { ...plain, PATH: process.env.PATH, NODE: process.execPath, MAIN: main },
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

beforeAll(build, 600_000);
afterAll(() => rmSync(folder, { recursive: true }));

const ONE_LINE = /^recwalk: RW\d{3}: [^\n]+\n$/;

describe('user code that ends the process, or fails, gives one line and no verdict', SLOW, () => {
  test.concurrent.each<[does: string, description: RegExp]>([
    ['process.exit(0);', /RW052: code of .*mine\d+\.ts ended the process/],
    ['process.exit(1);', /RW052: code of .*mine\d+\.ts ended the process/],
    ['setImmediate(() => process.exit(0));', /RW052: .*mine\d+\.ts/],
    ['await new Promise(() => {});', /RW054: .*mine\d+\.ts never finishes loading/],
    [
      "Promise.reject(new Error('too late'));",
      /RW053: code of .*mine\d+\.ts, line 2, threw: too late;/,
    ],
    ['Promise.reject();', /RW053: code of .*mine\d+\.ts threw: undefined;/],
    ['Promise.reject(Object.create(null));', /RW053: .*mine\d+\.ts threw: .*null prototype/],
    [
      "process.nextTick(() => { throw new Error('one\\ntwo\\x1b[2J'); });",
      /RW053: code of .*mine\d+\.ts, line 2, threw: one two\\u001b\[2J;/,
    ],
    ["throw new Error('\\x1b[2Jat once');", /RW015: .*cannot be loaded: \\u001b\[2Jat once\n/],
    ['throw Object.create(null);', /RW015: .*cannot be loaded: /],
  ])('%s', async (does, description) => {
    const { code, stdout, stderr } = await recwalk(['check', network(does)]);
    expect(stderr).toMatch(ONE_LINE);
    expect(stderr).toMatch(description);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test('of two files, names the one whose code failed', async () => {
    const guilty = network("process.nextTick(() => { throw new Error('late'); });");
    const { code, stderr } = await recwalk(['diff', network(''), guilty]);
    expect(stderr).toMatch(`RW053: code of ${guilty}, line 2, threw: late`);
    expect(code).toBe(2);
  });

  test('the loaded code may end the process during the search', async () => {
    const file = join(folder, 'exits.ts');
    writeFileSync(
      file,
      `import room from ${lamp};
      export default { ...room, rules: [
        { id: 'exits', description: 'x', source: 'x', always: () => process.exit(0) },
      ] };`,
    );
    const { code, stdout, stderr } = await recwalk(['check', file]);
    expect(stderr).toMatch(/^recwalk: RW052: code of .*exits\.ts ended the process[^\n]*\n$/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test('an exception after the verdict makes the verdict unreliable', async () => {
    const late = network("process.on('beforeExit', () => { throw new Error('late'); });");
    const { code, stderr } = await recwalk(['check', late, '--rule', 'goes-on']);
    expect(stderr).toMatch(/^recwalk: RW053: [^\n]+late[^\n]+\n$/);
    expect(code).toBe(2);
  });

  test('after the verdict, the exit code stays that of the verdict', async () => {
    const fine = ['--rule', 'goes-on'];
    for (const [does, of, args, code] of [
      ["process.on('beforeExit', () => process.exit(1));", lamp, fine, 0],
      ["process.on('beforeExit', () => process.exit(0));", broken, [], 1],
      ['process.exitCode = 5;', lamp, fine, 0],
      ['setInterval(() => {}, 100);', lamp, fine, 0],
    ] as const) {
      const ran = await recwalk(['check', network(does, of), ...args]);
      expect([does, ran.code, ran.stderr]).toEqual([does, code, '']);
      expect(ran.stdout).toMatch(code === 0 ? /holds/ : /BROKEN/);
    }
  });

  test('RECWALK_DEBUG prints the location', async () => {
    const file = network("Promise.reject(new Error('late'));");
    const { code, stderr } = await recwalk(['check', file], { ...plain, RECWALK_DEBUG: '1' });
    expect(stderr).toMatch(/^recwalk: RW053: .*\nError: late\n {4}at /);
    expect(code).toBe(2);
  });
});

describe('output that cannot be written', SLOW, () => {
  const full = (args: string, to = '>/dev/full') => shell(`"$NODE" "$MAIN" ${args} ${to}`);

  test.each([
    [`check ${fixture('lamp.ts')} --rule goes-on`],
    [`check ${fixture('broken-lamp.ts')}`],
    ['check proposal --scope small --json'],
    ['check nosuch-rule --help'],
    ['--version'],
    ['list designs'],
    ['paths proposal --scope small --quiet'],
    ['export record --to svg'],
    ['diff proposal linux-6.1 --scope small'],
  ])('on a full device: %s', (args) => {
    expect(full(args)).toEqual({
      code: 70,
      stdout: '',
      stderr: expect.stringMatching(
        /^(proposal: .*\n)?recwalk: RW051: stdout cannot be written \(ENOSPC\); [^\n]+\n$/,
      ),
    });
  });

  test('a device that accepts only a part', () => {
    const file = join(folder, 'part.json');
    // The shell counts in blocks of 512 or 1024 bytes; Node ignores SIGXFSZ.
    const { code, stderr } = shell(
      `ulimit -f 1; "$NODE" "$MAIN" check proposal --scope small --json >${file}`,
    );
    expect(readFileSync(file).length).toBeGreaterThan(0);
    expect(stderr).toMatch(/^recwalk: RW051: stdout cannot be written \(EFBIG\); [^\n]+\n$/);
    expect(code).toBe(70);
  });

  test('no partial file is left', () => {
    const file = join(folder, 'no.svg');
    const { code, stdout, stderr } = shell(
      `ulimit -f 1; "$NODE" "$MAIN" export record --to svg -o ${file}; code=$?; ls ${folder} | grep no.svg; exit $code`,
    );
    expect(stderr).toMatch(/^recwalk: RW051: -o .*no\.svg cannot be written \(EFBIG\); [^\n]+\n$/);
    expect({ code, stdout }).toEqual({ code: 70, stdout: '' });
  });

  test('no partial checkpoint is left', () => {
    const file = join(folder, 'no.kept');
    const { code, stdout, stderr } = shell(
      `ulimit -f 1; "$NODE" "$MAIN" check proposal --scope small --max-states 100 --checkpoint ${file}; code=$?; ls ${folder} | grep no.kept; exit $code`,
    );
    expect(stderr).toMatch(/^recwalk: RW051: checkpoint .*no\.kept cannot be written \(EFBIG\)/m);
    expect({ code, stdout }).toEqual({ code: 70, stdout: '' });
  });

  test('a full device for stderr does not change the result or its exit code', async () => {
    for (const file of ['lamp.ts', 'broken-lamp.ts']) {
      const args = ['check', fixture(file)];
      expect(full(args.join(' '), '2>/dev/full')).toEqual(await recwalk(args));
    }
    expect(full('check nosuch', '2>/dev/full')).toEqual({ code: 2, stdout: '', stderr: '' });
  });

  test('both streams', () => {
    expect(full(`check ${fixture('lamp.ts')}`, '>/dev/full 2>&1').code).toBe(70);
  });

  test('a reader that closes the pipe', () => {
    expect(shell('"$NODE" "$MAIN" paths proposal --quiet | head -1')).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^.+\n$/),
      stderr: '',
    });
  });
});
