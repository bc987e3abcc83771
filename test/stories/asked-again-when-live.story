# A live IPMODIFY ops is registered again: the kernel asks the owner again before it checks whether the ops is registered.
# design linux-6.12
# scope records=1,ipmodify=1,willing=1,misuse=1
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
register X records 1
  -EBUSY
  W PEER 0
  WARN
  1: (2) RID W.a ran X,W.a
