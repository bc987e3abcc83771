/** There is no such kernel on this machine; `message` is one line and says what to install. */
export class KernelUnavailable extends Error {
  override readonly name = 'KernelUnavailable';
}
