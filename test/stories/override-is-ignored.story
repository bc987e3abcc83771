# Hole: Because of a probe elsewhere, the kernel accepts a probe that changes the ip beside fexit, asks no owner, and the probe has no effect.
# design clients@linux-6.12
# scope override
register kprobe R
  0
  1: (0) ... - ran original
  2: (1) RI. - ran original,R
attach fexit
  0
  1: (1) R.D bpf ran original,fexit
  2: (1) RI. - ran original,R
register kprobe O
  0
  1: (2) RID bpf ran original,fexit,O
  2: (1) RI. - ran original,R
