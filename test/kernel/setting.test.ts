import { expect, test } from 'vitest';
import { kernels } from '../../src/kernel/kernels.js';
import { settingOf } from '../../src/kernel/setting.js';

test.each([
  ['Debian 6.12.117-1~deb12u1', 'debian:6.12'],
  ['Debian 6.1.192-2', 'debian:6.1'],
])('%s is a kernel of %s', (kernel, name) => {
  const [packages] = settingOf(kernel, 'calls');
  expect(packages).toContain(kernels.find((k) => k.name === name)!.description);
});

test.each(['6.12.0', 'Debian 6.13.1-1', 'Debian 6.120.1-1'])(
  'for %s reports only known facts',
  (kernel) => {
    expect(settingOf(kernel, 'calls').join()).not.toMatch(/Debian|cloud/);
    expect(settingOf(kernel, 'calls')[0]).toBe('kernel config unknown (custom build)');
  },
);
