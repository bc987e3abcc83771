/** In what kernels differ above the calls, as far as clients show it. */
export interface KernelFixes {
  /**
   * After an answer of -EAGAIN bpf_trampoline_update() sets func of its ops to NULL, whether that ops
   * is registered or not; since 56b3c85e153b ftrace itself resets an ops whose register failed.
   */
  readonly dropsFunc: boolean;
  /** Every probe is armed with the IPMODIFY ops, whether it has a post_handler or not (until 0bc11ed5ab60). */
  readonly alwaysIpmodify: boolean;
  /** When the last probe with a post_handler leaves others behind, theirs is cleared (until 5dd7caf0bdc5). */
  readonly clearsPostHandler: boolean;
}

const now: KernelFixes = { dropsFunc: false, alwaysIpmodify: false, clearsPostHandler: false };

/** By the design whose calls they make. */
export const kernelFixes: Readonly<Record<string, KernelFixes>> = {
  'linux-6.0': { ...now, dropsFunc: true, clearsPostHandler: true },
  'linux-6.1': { ...now, dropsFunc: true },
  'linux-6.12': now,
};
