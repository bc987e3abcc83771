import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { lock } from '../../bin/lock.js';
import { root } from '../cli/recwalk.js';

const folder = mkdtempSync(join(tmpdir(), 'recwalk-test-'));
const file = join(folder, 'lock');
afterEach(() => rmSync(file, { force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

/** Takes and releases the lock; returns the process that holds it, or undefined if none does. */
const holder = () => {
  const taken = lock(file);
  if ('heldBy' in taken) return taken.heldBy;
  taken.release();
  return undefined;
};

test('a lock is held until its release, which leaves no file', () => {
  const taken = lock(file);
  expect(holder()).toBe(process.pid);
  if ('release' in taken) taken.release();
  expect(holder()).toBeUndefined();
  expect(readdirSync(folder)).toEqual([]);
});

test('the lock of an ended process is free', () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(file, `${pid} 5`);
  expect(holder()).toBeUndefined();
  expect(readdirSync(folder)).toEqual([]);
});

test('the lock of an ended process is free, though another process has its number', () => {
  const taken = lock(file);
  const [pid, start] = readFileSync(file, 'utf8').split(' ');
  expect(Number(start)).toBeGreaterThan(0);
  if ('release' in taken) taken.release();
  writeFileSync(file, `${pid} ${Number(start) - 1}`);
  expect(holder()).toBeUndefined();
});

test('the lock of an ended process is free before its parent collects its exit status', async () => {
  // The shell does not wait for its child, and neither does the program that replaces it.
  const script = 'sleep 0 & read -r stat < /proc/$!/stat; echo "$stat"; exec sleep 60';
  const parent = spawn('sh', ['-c', script]);
  const [stat] = await once(parent.stdout, 'data');
  const [pid, ...fields] = String(stat).split(' ');
  const zombie = () => readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  while (!zombie()) await new Promise((resolve) => setTimeout(resolve, 10));
  writeFileSync(file, `${pid} ${fields[20]}`);
  const free = holder();
  parent.kill();
  expect(free).toBeUndefined();
});

test('a lock is free if its process was killed before it wrote its number', () => {
  writeFileSync(file, '');
  expect(holder()).toBeNaN();
  utimesSync(file, 1, 1);
  expect(holder()).toBeUndefined();
});

test('a process that ends releases its lock; the lock of a killed process stays and is free', async () => {
  const holding = `import { lock } from ${JSON.stringify(join(root, 'bin/lock.js'))};
    lock(${JSON.stringify(file)});
    process.stdout.write('held');`;
  spawnSync(process.execPath, ['--input-type=module', '-e', holding]);
  expect(readdirSync(folder)).toEqual([]);
  const child = spawn(process.execPath, [
    '--input-type=module',
    '-e',
    `${holding} setInterval(() => {}, 1000);`,
  ]);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  expect(holder()).toBe(child.pid);
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('close', resolve));
  expect(readdirSync(folder)).toEqual(['lock']);
  expect(holder()).toBeUndefined();
});

test('reports the system error if it cannot create the file', () => {
  expect(() => lock(join(folder, 'no/such'))).toThrow(/ENOENT/);
});
