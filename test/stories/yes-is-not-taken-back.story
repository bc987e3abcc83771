# Hole: an owner agrees, the register fails on another record, and the kernel sends the owner no DISABLE.
# design linux-6.12
# scope records=2,ipmodify=2,willing=1
add W 2
  0
  1: (0) ... - ran -
  2: (0) ... - ran -
register W records 2
  0
  1: (0) ... - ran -
  2: (1) R.D W.a ran W.a
add Y 1
  0
  1: (0) ... - ran -
  2: (1) R.D W.a ran W.a
register Y records 1
  0
  1: (1) RI. - ran Y
  2: (1) R.D W.a ran W.a
add X 1
  0
  1: (1) RI. - ran Y
  2: (1) R.D W.a ran W.a
add X 2
  0
  1: (1) RI. - ran Y
  2: (1) R.D W.a ran W.a
register X records 1,2
  -EBUSY
  W PEER 0
  1: (1) RI. - ran Y
  2: (1) R.D W.a ran W.a
