import type { KernelLine } from '../kernelLine.js';

/** The kernel of Debian 12. */
export const kernel: KernelLine = {
  description: 'linux-image-cloud-amd64 of Debian 12',
  release: 'bookworm',
  packages: { image: 'linux-image-cloud-amd64', headers: 'linux-headers-cloud-amd64' },
  image: 'boot/vmlinuz-*',
  compiler: 'gcc-12',
};
