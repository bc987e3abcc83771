import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compilerArguments, compilerIn } from '../../src/kernel/compiler.js';

test.each([
  ['gcc (Debian 12.2.0-14+deb12u1) 12.2.0', { kind: 'gcc', major: 12 }],
  ['x86_64-linux-gnu-gcc-14 (Debian 14.2.0-19) 14.2.0', { kind: 'gcc', major: 14 }],
  ['Debian clang version 19.1.7', { kind: 'clang', major: 19 }],
  ['tcc 0.9', undefined],
])('%s', (text, compiler) => {
  expect(compilerIn(`CONFIG_X=y\nCONFIG_CC_VERSION_TEXT="${text}"\n`)).toEqual(compiler);
});

describe('on a host with gcc 12', () => {
  const path = process.env.PATH;
  let folder: string;
  const has = (program: string, major: number) => {
    writeFileSync(join(folder, program), `#!/bin/sh\necho ${major}\n`);
    chmodSync(join(folder, program), 0o755);
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'recwalk-compiler-'));
    process.env.PATH = folder;
    has('gcc', 12);
  });
  afterEach(() => {
    process.env.PATH = path;
    rmSync(folder, { recursive: true });
  });

  const built = (text: string) => {
    writeFileSync(join(folder, '.config'), `CONFIG_CC_VERSION_TEXT="${text}"\n`);
    return compilerArguments(folder);
  };

  test('a kernel of the same compiler needs no argument', async () => {
    expect(await built('gcc (Debian 12.2.0-14) 12.2.0')).toEqual([]);
  });

  test('a kernel of another gcc is built with that one, or the error names it', async () => {
    await expect(built('gcc (Debian 14.2.0-19) 14.2.0')).rejects.toThrow(
      `${folder} was built by gcc 14, which its modules need too: apt-get install gcc-14`,
    );
    has('gcc-14', 14);
    expect(await built('gcc (Debian 14.2.0-19) 14.2.0')).toEqual(['CC=gcc-14']);
  });

  test('a kernel of clang is built with LLVM', async () => {
    await expect(built('Debian clang version 19.1.7')).rejects.toThrow('built by clang 19');
    has('clang-19', 19);
    expect(await built('Debian clang version 19.1.7')).toEqual(['LLVM=-19']);
    has('clang', 19);
    expect(await built('Debian clang version 19.1.7')).toEqual(['LLVM=1']);
  });

  test('Debian’s headers name their compiler in a file for make', async () => {
    writeFileSync(join(folder, '.kernelvariables'), 'CC = $(CROSS_COMPILE)gcc-14\n');
    await expect(compilerArguments(folder)).rejects.toThrow('gcc-14 is not installed');
    has('gcc-14', 14);
    expect(await compilerArguments(folder)).toEqual([]);
  });
});
