import { expect, test } from 'vitest';
import { cpio } from '../../src/kernel/cpio.js';

test('an archive is a header, a name and data for each file, each on a multiple of four', () => {
  const archive = cpio([{ name: 'init', mode: 0o755, data: Buffer.from('hello') }]);
  const text = archive.toString('latin1');
  expect(text.slice(0, 6)).toBe('070701');
  expect(text.slice(14, 22)).toBe('000081ed'); // a regular file, rwxr-xr-x
  expect(text.slice(54, 62)).toBe('00000005'); // five bytes of data
  expect(text.slice(94, 102)).toBe('00000005'); // five bytes of name, including its NUL
  expect(text.slice(110, 114)).toBe('init');
  expect(text.slice(116, 121)).toBe('hello');
  expect(text.slice(124, 130)).toBe('070701');
  expect(text).toContain('TRAILER!!!');
  expect(archive.length % 4).toBe(0);
});

test('equal files give equal bytes', () => {
  const files = [{ name: 'a', mode: 0o644, data: Buffer.from('x') }];
  expect(cpio(files).equals(cpio(files))).toBe(true);
});
