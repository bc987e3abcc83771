# Hole: A livepatch is refused, but the kernel asked the trampoline before that, and from then on another body runs.
# design clients@linux-6.12
# scope override
attach fexit
  0
  1: (1) R.D bpf ran original,fexit
  2: (0) ... - ran original
register kprobe R
  0
  1: (1) R.D bpf ran original,fexit
  2: (1) RI. - ran original,R
register kprobe O
  0
  1: (2) RID bpf ran original,fexit,O
  2: (1) RI. - ran original,R
enable livepatch
  -EBUSY
  1: (2) RID bpf ran overridden,fexit,O
  2: (1) RI. - ran original,R
