# Hole: A probe that changes the ip joins a probe that does not, on a livepatched function: the patched body no longer runs.
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
