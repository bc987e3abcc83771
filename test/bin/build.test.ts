import { spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { build, plain, root } from '../cli/recwalk.js';

const SLOW = { timeout: 600_000 };

/** A small clone: the real launcher and build, with sources that print one word. */
const clone = mkdtempSync(join(tmpdir(), 'recwalk-test-'));
const at = (file: string) => join(clone, file);
const write = (file: string, text: string) => {
  mkdirSync(dirname(at(file)), { recursive: true });
  writeFileSync(at(file), text);
};
/** The words of the sources so far; the last build has the last one. */
let words = 0;
const edit = () => {
  const word = `word${++words}`;
  writeWord(word);
  return word;
};
const writeWord = (word: string) => write('machines/word.ts', `export const word = '${word}';\n`);
const last = () => `word${words}`;

const command = [join(clone, 'bin/recwalk.js')];
const options = { cwd: clone, env: plain, encoding: 'utf8' } as const;
const run = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...command, ...args], options);
  return { status, stdout, stderr };
};
const prepare = () => spawnSync(process.execPath, ['bin/build.js'], options);

const BUILDING = 'recwalk: the sources have changed since the last build; building\n';

cpSync(join(root, 'bin'), at('bin'), { recursive: true });
symlinkSync(join(root, 'node_modules'), at('node_modules'));
write('package.json', '{ "type": "module" }\n');
write(
  'tsconfig.json',
  JSON.stringify({
    compilerOptions: {
      ...{ module: 'NodeNext', lib: ['ES2023'], types: [], strict: true, skipLibCheck: true },
      ...{ rootDir: '.', outDir: 'dist' },
    },
    include: ['src', 'machines'],
    exclude: ['src/explorer/view'],
  }),
);
write(
  'src/cli/main.ts',
  "import { word } from '../../machines/word.js';\n(globalThis as any).console.log(word);\n",
);
write('src/explorer/view/main.tsx', "document.title = 'a page';\n");
write(
  'src/explorer/view/rolldown.config.js',
  "export default { input: new URL('main.tsx', import.meta.url).pathname };\n",
);
edit();

afterAll(() => rmSync(clone, { recursive: true, force: true }));

describe('a clone runs a build of its present sources', SLOW, () => {
  test('builds if there is no build, and runs a current build at once', () => {
    expect(run()).toEqual({ status: 0, stdout: `${last()}\n`, stderr: BUILDING });
    expect(run()).toEqual({ status: 0, stdout: `${last()}\n`, stderr: '' });
  });

  test('after an edit, builds again with one line of output and leaves no other file', () => {
    const word = edit();
    expect(run()).toEqual({ status: 0, stdout: `${word}\n`, stderr: BUILDING });
    expect(run()).toEqual({ status: 0, stdout: `${word}\n`, stderr: '' });
    expect(readdirSync(at('.build'))).toEqual([]);
  });

  test('builds again if the edited file is no newer than the build', () => {
    const word = edit();
    utimesSync(at('machines/word.ts'), 1, 1);
    expect(run('--quiet')).toEqual({ status: 0, stdout: `${word}\n`, stderr: '' });
  });

  test('builds again if a file is added or removed', () => {
    write('machines/more.ts', 'export {};\n');
    expect(run().stderr).toBe(BUILDING);
    expect(existsSync(at('dist/machines/more.js'))).toBe(true);
    rmSync(at('machines/more.ts'));
    expect(run().stderr).toBe(BUILDING);
    expect(existsSync(at('dist/machines/more.js'))).toBe(false);
  });

  test('with a type error, keeps the old build and does not run it', () => {
    write('machines/word.ts', "export const word = 'other';\nexport const n: number = '';\n");
    const refused = {
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(
        /^recwalk: .*building\nrecwalk: RW055: the sources do not build, and an older build is not run: machines\/word\.ts\(2,14\): error TS2322: [^\n]+\n$/,
      ),
    };
    expect(run()).toEqual(refused);
    expect(run()).toEqual(refused);
    expect(readFileSync(at('dist/machines/word.js'), 'utf8')).toContain(`'${last()}'`);
    expect(readdirSync(at('.build'))).toEqual([]);
    writeWord(last());
    expect(run()).toEqual({ status: 0, stdout: `${last()}\n`, stderr: '' });
  });

  test('prints the first of several errors', () => {
    write('machines/word.ts', "export const word: number = '';\nexport const n: number = '';\n");
    expect(run().stderr).toMatch(/word\.ts\(1,14\).*\(and 1 more\)\n$/);
    writeWord(last());
  });

  test('handles an error of the page in the same way', () => {
    const page = readFileSync(at('src/explorer/view/main.tsx'), 'utf8');
    write('src/explorer/view/main.tsx', 'const = 1;\n');
    expect(run()).toMatchObject({ status: 2, stdout: '' });
    expect(existsSync(at('dist/explorer.js'))).toBe(true);
    write('src/explorer/view/main.tsx', page);
  });
});

describe('a build that fails, is killed, or starts twice', SLOW, () => {
  test('a failing npm run prepare keeps the command', () => {
    write('machines/word.ts', 'export const word = 1 +;\n');
    const { status, stderr } = prepare();
    expect(stderr).toMatch(/^recwalk: RW055: .* the last build stays unchanged: [^\n]+\n$/);
    expect(status).toBe(2);
    writeWord(last());
    expect(run()).toEqual({ status: 0, stdout: `${last()}\n`, stderr: '' });
  });

  test('of two processes that start at once, one builds and both run the new build', async () => {
    const word = edit();
    const both = await Promise.all(
      [1, 2].map(
        () =>
          new Promise((resolve) => {
            const child = spawn(process.execPath, command, { cwd: clone, env: plain });
            let emitted = '';
            child.stdout.on('data', (text) => {
              emitted += text;
            });
            child.on('close', (code) => resolve({ code, emitted }));
          }),
      ),
    );
    expect(both).toEqual([1, 2].map(() => ({ code: 0, emitted: `${word}\n` })));
    expect(readdirSync(at('.build'))).toEqual([]);
  });

  test('the remains of a killed build does not block the next one', () => {
    mkdirSync(at('.build/next-1'), { recursive: true });
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    writeFileSync(at('.build/lock'), `${pid} 1`);
    const word = edit();
    expect(run()).toMatchObject({ status: 0, stdout: `${word}\n` });
    expect(readdirSync(at('.build'))).toEqual([]);
  });

  test('does not run without a compiler', () => {
    writeWord('other');
    rmSync(at('node_modules'));
    mkdirSync(at('node_modules'));
    expect(run()).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(/RW055: .*tsc is not installed; run npm ci\n$/),
    });
    rmSync(at('node_modules'), { recursive: true });
    symlinkSync(join(root, 'node_modules'), at('node_modules'));
    writeWord(last());
  });
});

describe('an installed package, without sources to compare', SLOW, () => {
  test('runs the code that it contains', () => {
    renameSync(at('src'), at('away'));
    appendFileSync(at('machines/word.ts'), '// edited\n');
    try {
      expect(run()).toEqual({ status: 0, stdout: `${last()}\n`, stderr: '' });
    } finally {
      renameSync(at('away'), at('src'));
    }
  });

  test('reports a missing file in one line', () => {
    renameSync(at('src'), at('away'));
    renameSync(at('dist'), at('gone'));
    try {
      expect(run()).toEqual({
        status: 70,
        stdout: '',
        stderr: expect.stringMatching(
          /^recwalk: RW055: there is no build that can be run: [^\n]+\n$/,
        ),
      });
    } finally {
      renameSync(at('away'), at('src'));
      renameSync(at('gone'), at('dist'));
    }
  });

  test('npm packs every file that the package needs', () => {
    build();
    const { stdout } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      encoding: 'utf8',
    });
    const [{ files }] = JSON.parse(stdout);
    const packed = files.map(({ path }: { path: string }) => path);
    for (const file of [
      ...['bin/recwalk.js', 'bin/build.js', 'bin/lock.js', 'dist/sources.sha256'],
      ...['dist/src/cli/main.js', 'dist/src/index.js', 'dist/explorer.js'],
    ])
      expect(packed).toContain(file);
    expect(packed.filter((path: string) => /^(\.build|src\/cli)/.test(path))).toEqual([]);
    const launcher = files.find(({ path }: { path: string }) => path === 'bin/recwalk.js');
    expect(launcher.mode & 0o111).not.toBe(0);
  });
});
