import type { KernelLine } from '../kernelLine.js';

/** Linux 7.2 of Debian 13 backports. linux-image-* is empty from 6.19 on: linux-binary-* holds the bzImage. */
export const kernel: KernelLine = {
  description: 'linux-binary-7.2.*-cloud-amd64 of Debian 13 backports',
  release: 'trixie',
  suite: 'trixie-backports',
  packages: {
    image: 'linux-binary-7.2.*-cloud-amd64',
    headers: 'linux-headers-7.2.*-cloud-amd64',
  },
  image: 'usr/lib/modules/*/vmlinuz',
  compiler: 'gcc-14',
};
