import { expect, test } from 'vitest';
import { adaptedMakefile } from '../../src/kernel/headers.js';

test('an unpacked header tree includes its common part from the folder beside it', () => {
  const fixed = adaptedMakefile('include /usr/src/linux-headers-6.1.0-56-common/Makefile\n');
  expect(fixed).toContain('../linux-headers-6.1.0-56-common/Makefile');
  expect(fixed).not.toContain('/usr/src');
  expect(adaptedMakefile(fixed)).toBe(fixed);
});

test('a tree that names its own folder includes the part beside it, too', () => {
  const fixed = adaptedMakefile('KBUILD_OUTPUT=/usr/src/linux-headers-7.3.4+deb13-amd64\n');
  expect(fixed).toMatch(/^KBUILD_OUTPUT:=\$/);
  expect(fixed).not.toContain('/usr/src');
});
