import type { KernelLine } from '../kernelLine.js';

/** The newer kernel of Debian 12. */
export const kernel: KernelLine = {
  description: 'linux-image-6.12-cloud-amd64 of Debian 12 backports or security',
  release: 'bookworm',
  packages: { image: 'linux-image-6.12-cloud-amd64', headers: 'linux-headers-6.12-cloud-amd64' },
  image: 'boot/vmlinuz-*',
  compiler: 'gcc-12',
};
