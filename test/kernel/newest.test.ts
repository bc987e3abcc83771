import { expect, test } from 'vitest';
import { newestOf } from '../../src/kernel/newest.js';

const NAMES = [
  'linux-binary-7.2.9+deb13-cloud-amd64',
  'linux-binary-7.2.12+deb13-cloud-amd64',
  'linux-binary-7.2.11+deb13-cloud-amd64',
  'linux-binary-7.2.13+deb13-amd64',
  'linux-binary-7.2.13+deb13-rt-amd64',
  'linux-binary-unsigned-7.2.14+deb13-cloud-amd64',
];

test('the newest version counts as numbers do, and other flavours do not', () => {
  expect(newestOf(NAMES, 'linux-binary-7.2.*-cloud-amd64')).toEqual({
    name: 'linux-binary-7.2.12+deb13-cloud-amd64',
    version: '12+deb13',
  });
  expect(newestOf(NAMES, 'linux-binary-7.2.*-amd64')?.version).toBe('13+deb13');
  expect(newestOf(NAMES, 'linux-binary-7.3.*-cloud-amd64')).toBeUndefined();
});
