# Linux 7.3 refuses to set ftrace_enabled to 0 at any time, so a livepatch can always be enabled.
# design clients@linux-7.3
# scope livepatch=1,sysctl=1
ftrace_enabled 0
  -EOPNOTSUPP
  1: (0) ... - ran original
  2: (0) ... - ran original
enable livepatch
  0
  1: (1) .I. - ran patched
  2: (0) ... - ran original
ftrace_enabled 0
  -EOPNOTSUPP
  1: (1) .I. - ran patched
  2: (0) ... - ran original
disable livepatch
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
