# fexit is attached to a livepatched function, and a livepatch comes to a function with fexit: the patched body runs.
# design clients@linux-6.12
# scope fexit=1,livepatch=1
enable livepatch
  0
  1: (1) .I. - ran patched
  2: (0) ... - ran original
attach fexit
  0
  1: (2) RID bpf ran patched,fexit
  2: (0) ... - ran original
disable livepatch
  0
  1: (1) R.D bpf ran original,fexit
  2: (0) ... - ran original
enable livepatch
  0
  1: (2) RID bpf ran patched,fexit
  2: (0) ... - ran original
detach fexit
  0
  1: (1) .I. - ran patched
  2: (0) ... - ran original
disable livepatch
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
