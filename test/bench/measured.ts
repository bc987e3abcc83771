import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A program that ended, or was stopped at the time limit. */
export interface Measured {
  readonly code: number | null;
  readonly stdout: string;
  readonly seconds: number;
  /** Its maximum memory, children included, as sampled by polling. */
  readonly bytes: number;
  readonly timedOut: boolean;
}

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly timeout?: number;
}

const POLL = 20;

/** Runs a program in a process of its own. */
export function measured({ command, args, cwd, timeout = 0 }: Program): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
    let timedOut = false;
    let bytes = 0;
    let stdout = '';
    const poll = setInterval(() => {
      bytes = Math.max(bytes, held(child.pid!));
    }, POLL);
    const limit = timeout
      ? setTimeout(() => {
          timedOut = true;
          child.kill('SIGKILL');
        }, timeout)
      : undefined;
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(poll);
      clearTimeout(limit);
      resolve({ code, stdout, seconds: (performance.now() - begun) / 1000, bytes, timedOut });
    });
  });
}

/** Maximum bytes of a process and its children; shared memory counts once. */
function held(process: number): number {
  const all = family(process).map((id) => read(`/proc/${id}/status`));
  const sum = all.map((s) => kilobytes(s, 'VmHWM') - kilobytes(s, 'RssShmem'));
  const shared = all.map((s) => kilobytes(s, 'RssShmem'));
  return (sum.reduce((a, b) => a + b, 0) + Math.max(0, ...shared)) * 1024;
}

function family(process: number): number[] {
  const children = read(`/proc/${process}/task/${process}/children`).trim();
  return [process, ...(children === '' ? [] : children.split(' ').flatMap((id) => family(+id)))];
}

const kilobytes = (status: string, field: string): number =>
  Number(new RegExp(`^${field}:\\s*(\\d+)`, 'm').exec(status)?.[1] ?? 0);

/** Empty if the process has ended. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
