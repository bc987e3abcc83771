# Hole: A task sleeps in a livepatch; another one is enabled by force, and then a third replaces both: the first is freed in use.
# design clients@linux-6.12
# scope transitions
enable livepatch
  0
  1: (1) .I. - ran patched
  2: (0) ... - ran original
sleep in 1
  0
  sleeper: in livepatch
  1: (1) .I. - ran patched
  2: (0) ... - ran original
enable livepatch2
  0
  livepatch2: patching
  sleeper: in livepatch
  1: (1) .I. - ran patched2
  2: (0) ... - ran original
force livepatch2
  0
  sleeper: in livepatch
  1: (1) .I. - ran patched2
  2: (0) ... - ran original
enable replacement
  OOPS
