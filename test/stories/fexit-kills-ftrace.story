# Hole: A livepatch, fentry, fexit: func of a registered ops becomes NULL, and the next call of the function kills ftrace.
# design clients@linux-6.1
# scope small
enable livepatch
  0
  1: (1) .I. - ran patched
  2: (0) ... - ran original
attach fentry
  0
  1: (2) RID bpf ran patched,fentry
  2: (0) ... - ran original
attach fexit
  0
  DEAD
