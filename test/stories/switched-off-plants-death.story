# A direct ops leaves while ftrace_enabled is 0. R stays on the record, and when the last ops of the kernel is unregistered, ftrace dies.
# design linux-6.12
# scope records=2,tracer=1,willing=1,sysctl=1
add W 1
  0
  1: (0) ... - ran -
  2: (0) ... - ran -
register W records 1
  0
  1: (1) R.D W.a ran W.a
  2: (0) ... - ran -
ftrace_enabled 0
  0
  1: (0) ... - ran -
  2: (0) ... - ran -
unregister W records 1
  0
  1: (0) ... - ran -
  2: (0) ... - ran -
ftrace_enabled 1
  0
  1: (0) ... - ran -
  2: (0) ... - ran -
add T 2
  0
  1: (0) ... - ran -
  2: (0) ... - ran -
register T records 2
  0
  1: (0) ... - ran -
  2: (1) ... - ran T
unregister T records 2
  0
  WARN
  DEAD
