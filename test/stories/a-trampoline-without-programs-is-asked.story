# Hole: A livepatch makes the kernel oops, because ftrace asks a trampoline whose last program was detached.
# design clients@linux-7.3
# scope names
load fentry4
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
  4: (0) ... - ran original
load fentry.alias
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
  4: (0) ... - ran original
load fexit.alias
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
  4: (0) ... - ran original
attach fexit.alias
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
  4: (1) R.D bpf(jmp) ran original,fexit.alias
detach fexit.alias
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
  4: (0) ... - ran original
attach fentry4
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
  4: (1) R.D bpf ran original,fentry4
enable livepatch4
  OOPS
