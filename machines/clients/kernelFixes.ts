/** The differences between kernels above the calls, as far as clients show them. */
export interface KernelFixes {
  /**
   * After -EAGAIN bpf_trampoline_update() sets func of its ops to NULL, whether that ops is registered or not. Since
   * 56b3c85e153b ftrace itself resets an ops whose register failed.
   */
  readonly dropsFunc: boolean;
  /** The core arms every probe with the IPMODIFY ops, with or without a post_handler (until 0bc11ed5ab60). */
  readonly alwaysIpmodify: boolean;
  /**
   * When the last probe with a post_handler leaves an aggregate of others, the core clears the post_handler of that
   * aggregate (until 5dd7caf0bdc5).
   */
  readonly clearsPostHandler: boolean;
  /**
   * __register_kprobe() returns 0 although arm_kprobe() failed, and the probe is not there. Debian's 7.2.12 and 7.3.4 do
   * this, 6.12 does not.
   */
  readonly losesArmErrors: boolean;
  /**
   * All BPF trampolines share one direct ops, which update_ftrace_direct_add(), _del() and _mod() change (since
   * 424f6a361096, CONFIG_HAVE_SINGLE_FTRACE_DIRECT_OPS).
   */
  readonly oneDirectOps: boolean;
  /** BPF has programs of several functions, BPF_TRACE_FENTRY_MULTI and BPF_TRACE_FEXIT_MULTI (7.2). */
  readonly multiPrograms: boolean;
  /** Freed code is filled with breakpoints, so a call of it panics (EXECMEM_ROX_CACHE); else it is unmapped. */
  readonly fillsFreedCode: boolean;
  /** An image holds its trampoline until no task is in it: `tr` of struct bpf_tramp_image. */
  readonly imagesHoldTrampoline: boolean;
  /** The unwinder knows the frames of BPF code (bpf_has_frame_pointer()), so stacks with a BPF trampoline are reliable. */
  readonly unwindsBpf: boolean;
  /** BPF_MAX_TRAMP_LINKS, the number of programs that a trampoline takes. */
  readonly maxLinks: number;
  /**
   * The ops of an fprobe: with FTRACE_OPS_FL_SAVE_REGS or (in 7.2 and 7.3) FTRACE_OPS_FL_SAVE_ARGS; Debian's 6.1 is built
   * without CONFIG_FPROBE.
   */
  readonly fprobes: 'absent' | 'regs' | 'args';
}

const now: KernelFixes = {
  dropsFunc: false,
  alwaysIpmodify: false,
  clearsPostHandler: false,
  losesArmErrors: false,
  oneDirectOps: false,
  multiPrograms: false,
  fillsFreedCode: false,
  imagesHoldTrampoline: false,
  unwindsBpf: false,
  maxLinks: 38,
  fprobes: 'regs',
};

const seven: KernelFixes = {
  ...now,
  maxLinks: 36,
  fprobes: 'args',
  losesArmErrors: true,
  oneDirectOps: true,
  multiPrograms: true,
  fillsFreedCode: true,
  imagesHoldTrampoline: true,
  unwindsBpf: true,
};

/** Kernel fixes by the name of the design whose calls the clients make. */
export const kernelFixes: Readonly<Record<string, KernelFixes>> = {
  'linux-6.0': { ...now, dropsFunc: true, clearsPostHandler: true, fprobes: 'absent' },
  'linux-6.1': { ...now, dropsFunc: true, fprobes: 'absent' },
  'linux-6.12': now,
  'linux-7.2': seven,
  'linux-7.3': seven,
};
