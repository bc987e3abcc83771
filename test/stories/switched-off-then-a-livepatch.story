# Hole: A probe leaves while ftrace is switched off; later the last user of ftrace leaves, here a livepatch, and ftrace dies.
# design clients@linux-6.12
# scope sysctl
register kprobe R
  0
  1: (0) ... - ran original
  2: (1) RI. - ran original,R
ftrace_enabled 0
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
unregister kprobe R
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
ftrace_enabled 1
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
enable livepatch
  0
  1: (1) .I. - ran patched
  2: (0) ... - ran original
disable livepatch
  0
  WARN
  DEAD
