import { expect, test } from 'vitest';
import { mendedMakefile } from '../../src/kernel/headers.js';

test('an unpacked header tree looks for its common part next door', () => {
  const mended = mendedMakefile('include /usr/src/linux-headers-6.1.0-56-common/Makefile\n');
  expect(mended).toContain('../linux-headers-6.1.0-56-common/Makefile');
  expect(mended).not.toContain('/usr/src');
  expect(mendedMakefile(mended)).toBe(mended);
});
