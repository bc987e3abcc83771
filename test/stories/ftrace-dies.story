# A live direct ops grows onto a record that is DIRECT and IPMODIFY: FTRACE_WARN_ON(), and ftrace is dead until the next boot.
# design linux-6.12
# scope records=2,ipmodify=1,willing=2,edits=1
add W 1
  0
  1: (0) ... - ran -
  2: (0) ... - ran -
register W records 1
  0
  1: (1) R.D W.a ran W.a
  2: (0) ... - ran -
add X 1
  0
  1: (1) R.D W.a ran W.a
  2: (0) ... - ran -
register X records 1
  0
  W PEER 0
  1: (2) RID W.a ran X,W.a
  2: (0) ... - ran -
add W2 2
  0
  1: (2) RID W.a ran X,W.a
  2: (0) ... - ran -
register W2 records 2
  0
  1: (2) RID W.a ran X,W.a
  2: (1) R.D W2.a ran W2.a
add W2 1
  0
  W2 SELF 0
  WARN
  DEAD
