/** The kernel, or a tool for it, is missing on this machine. `message` is one line that names the packages to install. */
export class KernelUnavailable extends Error {
  override readonly name = 'KernelUnavailable';
}
