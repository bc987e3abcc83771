# With ftrace_enabled 0, a PERMANENT IPMODIFY ops is refused, but only after the owner of the direct ops agreed; the owner is not told.
# design linux-6.12
# scope records=1,ipmodify=1,willing=1,sysctl=1,attributes=1
add W 1
  0
  1: (0) ... - ran -
register W records 1
  0
  1: (1) R.D W.a ran W.a
preset X permanent
  0
  1: (1) R.D W.a ran W.a
add X 1
  0
  1: (1) R.D W.a ran W.a
ftrace_enabled 0
  0
  1: (0) ... - ran -
register X records 1
  -EBUSY
  W PEER 0
  1: (0) ... - ran -
