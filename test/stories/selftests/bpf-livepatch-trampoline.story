# On a livepatched function fentry is attached first, then fexit: each is hit once, and the livepatch stays in effect.
# design clients@linux-6.12
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
  1: (2) RID bpf ran patched,fentry,fexit
  2: (0) ... - ran original
detach fentry
  0
  1: (2) RID bpf ran patched,fexit
  2: (0) ... - ran original
detach fexit
  0
  1: (1) .I. - ran patched
  2: (0) ... - ran original
unload fentry
  0
  1: (1) .I. - ran patched
  2: (0) ... - ran original
unload fexit
  0
  1: (1) .I. - ran patched
  2: (0) ... - ran original
disable livepatch
  0
  1: (0) ... - ran original
  2: (0) ... - ran original

# The same with fexit first.
# design clients@linux-6.12
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
attach fexit
  0
  1: (2) RID bpf ran patched,fexit
  2: (0) ... - ran original
attach fentry
  0
  1: (2) RID bpf ran patched,fentry,fexit
  2: (0) ... - ran original
detach fentry
  0
  1: (2) RID bpf ran patched,fexit
  2: (0) ... - ran original
detach fexit
  0
  1: (1) .I. - ran patched
  2: (0) ... - ran original
unload fentry
  0
  1: (1) .I. - ran patched
  2: (0) ... - ran original
unload fexit
  0
  1: (1) .I. - ran patched
  2: (0) ... - ran original
disable livepatch
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
