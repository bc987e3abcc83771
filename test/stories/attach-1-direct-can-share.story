# The first attach case of the RFC mail: IPMODIFY meets a direct ops that can share.
# design linux-6.12
# scope records=1,ipmodify=1,willing=1
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
unregister X records 1
  0
  W DISABLE 0
  1: (1) R.D W.a ran W.a
unregister W records 1
  0
  1: (0) ... - ran -
