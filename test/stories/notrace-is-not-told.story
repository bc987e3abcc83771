# An owner shares a record and excludes it by notrace; the kernel sends it no DISABLE when the IPMODIFY ops goes.
# design linux-6.12
# scope records=1,ipmodify=1,willing=1,notrace=1
add W 1
  0
  1: (0) ... - ran -
register W records 1
  0
  1: (1) R.D W.a ran W.a
add X 1
  0
  1: (1) R.D W.a ran W.a
register X records 1
  0
  W PEER 0
  1: (2) RID W.a ran X,W.a
notrace W 1
  0
  1: (1) RI. - ran X
unregister X records 1
  0
  1: (0) ... - ran -
