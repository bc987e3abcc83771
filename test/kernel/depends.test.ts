import { expect, test } from 'vitest';
import { dependencies, versionShown } from '../../src/kernel/depends.js';

const HEADERS = `linux-headers-6.12.117+deb12-cloud-amd64
  Depends: linux-base
  Depends: linux-headers-6.12.117+deb12-common
 |Depends: linux-image-6.12.117+deb12-cloud-amd64
  Depends: linux-image-6.12.117+deb12-cloud-amd64-unsigned
  Depends: linux-kbuild-6.12.117+deb12
  Depends: <c-compiler>
    gcc-12
  Recommends: apparmor
`;

test('the dependencies are the real packages, alternatives included, in order', () => {
  expect(dependencies(HEADERS)).toEqual([
    'linux-base',
    'linux-headers-6.12.117+deb12-common',
    'linux-image-6.12.117+deb12-cloud-amd64',
    'linux-image-6.12.117+deb12-cloud-amd64-unsigned',
    'linux-kbuild-6.12.117+deb12',
  ]);
});

test('a metapackage names the newest image', () => {
  const meta = 'linux-image-cloud-amd64\n  Depends: linux-image-6.1.0-56-cloud-amd64\n';
  expect(dependencies(meta)).toEqual(['linux-image-6.1.0-56-cloud-amd64']);
});

test('an unknown package has no dependencies', () => {
  expect(dependencies('')).toEqual([]);
});

test('the version is that of the first stanza', () => {
  const shown = 'Package: a\nVersion: 6.12.117-1~deb12u1\n\nPackage: a\nVersion: 6.12.9-1\n';
  expect(versionShown(shown)).toBe('6.12.117-1~deb12u1');
  expect(versionShown('N: nothing')).toBeUndefined();
});
