import { beforeAll, describe, expect, test } from 'vitest';
import { build, recwalk } from '../cli/recwalk.js';
import { bootsKernels, title } from './play.js';

const KERNELS = ['--kernel', 'debian:6.1', '--beside', 'debian:6.12', '--quiet'];
const played = (story: string) =>
  recwalk(['replay', `test/stories/${story}.story`, ...KERNELS], process.env);

describe.runIf(bootsKernels)(`${title}: two kernels side by side`, { timeout: 600_000 }, () => {
  beforeAll(build, 600_000);

  test('are printed up to the first difference', async () => {
    const { code, stdout } = await played('fexit-kills-ftrace');
    expect(code).toBe(1);
    expect(stdout.trimEnd().split('\n')).toEqual([
      'clients@linux-6.1, path 1',
      '  1  enable livepatch  0',
      '  2  attach fentry     0; 1: (2) RID bpf ran patched,fentry',
      '  3  attach fexit',
      expect.stringMatching(/^ {7}Debian 6\.1\.\S+ +0; DEAD$/),
      expect.stringMatching(
        /^ {7}Debian 6\.12\.\S+ {2}0; 1: \(2\) RID bpf ran patched,fentry,fexit; /,
      ),
      '',
      expect.stringMatching(
        /^Debian 6\.1\.\S+ and Debian 6\.12\.\S+: 1 path, 0 the same, 1 different$/,
      ),
    ]);
  });

  test('are reported as the same if they are', async () => {
    const { code, stdout } = await played('override-is-ignored');
    expect(code).toBe(0);
    expect(stdout).toContain('  the same on both\n');
    expect(stdout).toMatch(/1 path, 1 the same, 0 different\n$/);
  });
});
