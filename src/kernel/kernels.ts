/** The kernels that have a name. The user gives any other by its bzImage and build folder. */
export const kernels = [
  { name: 'debian:6.1', description: 'linux-image-cloud-amd64 of Debian 12' },
  {
    name: 'debian:6.12',
    description: 'linux-image-6.12-cloud-amd64 of Debian 12 backports or security',
  },
] as const;
