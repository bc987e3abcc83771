# Hole: A livepatch is accepted, and the unpatched body runs on, because ftrace asks the trampoline of a program that names the function differently and is not attached.
# design clients@linux-7.3
# scope names
load fexit4
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
  4: (0) ... - ran original
attach fexit4
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
  4: (1) R.D bpf(jmp) ran original,fexit4
load fentry.alias
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
  4: (1) R.D bpf(jmp) ran original,fexit4
enable livepatch4
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
  4: (2) RID bpf(jmp) ran original,fexit4
