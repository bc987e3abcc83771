# Hole: the filter of a live IPMODIFY ops grows onto a function with a direct ops that has no owner, and the kernel does not refuse it.
# design linux-6.12
# scope records=2,ipmodify=1,absent=1
add A 2
  0
  1: (0) ... - ran -
  2: (0) ... - ran -
register A records 2
  0
  1: (0) ... - ran -
  2: (1) R.D A.a ran A.a
add X 1
  0
  1: (0) ... - ran -
  2: (1) R.D A.a ran A.a
register X records 1
  0
  1: (1) RI. - ran X
  2: (1) R.D A.a ran A.a
add X 2
  0
  1: (1) RI. - ran X
  2: (2) RID A.a ran X,A.a
