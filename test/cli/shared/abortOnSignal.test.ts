import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { build, main, plain, root } from '../recwalk.js';

let folder: string;
/** 10,000 paths that take seconds to be written. */
const paths = ['paths', 'linux-6.12', '--quiet', '--cover', 'random', '--paths', '10000'];

beforeAll(build, 600_000);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recwalk-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Sends signals once a part of the output is written; returns how the program ended. */
async function signalled(output: string, signals: readonly NodeJS.Signals[]) {
  const child = spawn(process.execPath, [main, ...paths, '-o', join(folder, output)], {
    cwd: root,
    env: plain,
  });
  const watching = setInterval(() => {
    const part = readdirSync(folder).find((name) => name.endsWith('.part'));
    if (part === undefined) return;
    if (statSync(join(folder, part), { throwIfNoEntry: false })?.size === 0) return;
    clearInterval(watching);
    for (const signal of signals) child.kill(signal);
  }, 5);
  const [code, signal] = await once(child, 'exit');
  clearInterval(watching);
  return { code, signal };
}

describe.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s', { timeout: 600_000 }, (signal) => {
  test('stops the work: exit 3, and no file is left', async () => {
    expect(await signalled('paths.txt', [signal])).toEqual({ code: 3, signal: null });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('sent twice, ends the process at once, and no file is left', async () => {
    const other = signal === 'SIGHUP' ? 'SIGTERM' : 'SIGHUP';
    const { code } = await signalled('paths.txt', [signal, other]);
    expect([3, 128 + constants.signals[other], 128 + constants.signals[signal]]).toContain(code);
    expect(readdirSync(folder)).toEqual([]);
  });
});
