import { execFile } from 'node:child_process';
import { KernelUnavailable } from './unavailable.js';

/** The result of a finished program: its exit code (null after a signal) and its output. */
export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The Debian packages that provide each program used here. */
const PACKAGE_OF: Record<string, string> = {
  'apt-get': 'apt',
  'apt-cache': 'apt',
  dpkg: 'dpkg',
  make: 'make gcc libc6-dev',
  gcc: 'gcc libc6-dev make',
  clang: 'clang libbpf-dev libelf-dev zlib1g-dev',
  strip: 'binutils',
  setpriv: 'util-linux',
  unshare: 'util-linux',
  'qemu-img': 'qemu-system-x86 qemu-utils',
  'qemu-system-x86_64': 'qemu-system-x86 qemu-utils',
};

/** The error for a missing program: one line that names the packages to install. */
export function missing(program: string): KernelUnavailable {
  if (program.startsWith('apt-')) {
    return new KernelUnavailable(
      `${program} is not installed, and recwalk gets Debian's kernels through it: use a Debian machine, or give a kernel of your own (--kernel BZIMAGE --kdir BUILD)`,
    );
  }
  const name = program.startsWith('qemu') ? 'QEMU' : program;
  return new KernelUnavailable(
    `${name} is not installed: apt-get install ${PACKAGE_OF[program] ?? program}`,
  );
}

/** Runs a program to its end. Rejects with `KernelUnavailable` only if there is no such program. */
export function run(program: string, args: string[], cwd?: string): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const options = {
      cwd,
      env: { ...process.env, LC_ALL: 'C' },
      maxBuffer: 64 * 1024 * 1024,
    };
    execFile(program, args, options, (error, stdout, stderr) => {
      // A missing working directory also gives ENOENT, but would be a bug of the caller.
      if (error && error.code === ('ENOENT' as unknown)) return reject(missing(program));
      const code = error ? (typeof error.code === 'number' ? error.code : null) : 0;
      resolve({ code, stdout, stderr });
    });
  });
}
