# On Linux 6.1 fentry first and then fexit kill ftrace.
# design clients@linux-6.1
# scope fentry=1,fexit=1,load=1,livepatch=1
enable livepatch
  0
  1: (1) .I. - ran patched
  2: (0) ... - ran original
load fentry
  0
  1: (1) .I. - ran patched
  2: (0) ... - ran original
load fexit
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
