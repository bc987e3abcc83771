/** A kprobe, as its caller made it. */
export interface Probe {
  readonly name: string;
  /** It has a post_handler: it may change the ip. */
  readonly postHandler: boolean;
}

/** The two ops that all kprobes on functions share; the second one has IPMODIFY. */
export const PLAIN = 'kprobe_ftrace_ops';
export const IPMODIFY = 'kprobe_ipmodify_ops';
export type SharedOps = typeof PLAIN | typeof IPMODIFY;

/** In what versions of the kprobe core differ, and what callers do. */
export interface Core {
  /** Every probe is armed with the IPMODIFY ops, whether it has a post_handler or not. */
  readonly alwaysIpmodify: boolean;
  /** When the last probe with a post_handler leaves others behind, theirs is cleared. */
  readonly clearsPostHandler: boolean;
}

export type Word =
  | { type: 'register kprobe' | 'unregister kprobe'; probe: Probe }
  | { type: 'returns'; errno: number };
