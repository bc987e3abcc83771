# Hole: A probe that changes the ip joins one that does not: a livepatch is there already, and its body does not run any more.
# design clients@linux-6.12
# scope override
register kprobe P
  0
  1: (1) R.. - ran original,P
  2: (0) ... - ran original
enable livepatch
  0
  1: (2) RI. - ran patched,P
  2: (0) ... - ran original
register kprobe O
  0
  1: (2) RI. - ran overridden,O
  2: (0) ... - ran original
