# The RFC mail: "if it already has an IPMODIFY then it will fail right there". The kernel asks the owner first.
# design linux-6.12
# scope records=1,ipmodify=2,willing=1
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
add Y 1
  0
  1: (2) RID W.a ran X,W.a
register Y records 1
  -EBUSY
  W PEER 0
  1: (2) RID W.a ran X,W.a
