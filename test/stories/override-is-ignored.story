# Hole: A probe that changes the ip is accepted beside fexit without a question, because of a probe elsewhere, and is ignored.
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
