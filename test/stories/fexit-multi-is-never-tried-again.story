# Hole: A fexit program of several functions is always refused on a livepatched function: its trampoline agrees with -EAGAIN, and no code tries again.
# design clients@linux-7.3
# scope multi
enable livepatch
  0
  1: (1) .I. - ran patched
  2: (0) ... - ran original
attach fexit.multi
  -EAGAIN
  1: (1) .I. - ran patched
  2: (0) ... - ran original
attach fexit.multi
  -EAGAIN
  1: (1) .I. - ran patched
  2: (0) ... - ran original
disable livepatch
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
attach fexit.multi
  0
  1: (1) R.D bpf(jmp) ran original,fexit.multi
  2: (1) R.D bpf(jmp) ran original,fexit.multi
enable livepatch
  0
  1: (2) RID bpf ran patched,fexit.multi
  2: (1) R.D bpf(jmp) ran original,fexit.multi
