# Hole: R stays on a record although no ops on it saves registers any more.
# design linux-6.12
# scope records=2,ipmodify=1,tracer=1
add T 1
  0
  1: (0) ... - ran -
  2: (0) ... - ran -
register T records 1
  0
  1: (1) ... - ran T
  2: (0) ... - ran -
add X 1
  0
  1: (1) ... - ran T
  2: (0) ... - ran -
add X 2
  0
  1: (1) ... - ran T
  2: (0) ... - ran -
register X records 1,2
  0
  1: (2) RI. - ran X,T
  2: (1) RI. - ran X
remove X 1
  0
  1: (1) R.. - ran T
  2: (1) RI. - ran X
unregister X records 2
  0
  1: (1) R.. - ran T
  2: (0) ... - ran -
