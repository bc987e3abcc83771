# With ftrace_enabled 0 no livepatch can be enabled, and with a livepatch ftrace_enabled stays 1.
# design clients@linux-6.12
# scope livepatch=1,sysctl=1
ftrace_enabled 0
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
enable livepatch
  -EBUSY
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
ftrace_enabled 0
  -EBUSY
  1: (1) .I. - ran patched
  2: (0) ... - ran original
disable livepatch
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
