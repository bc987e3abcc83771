# An owner returns 1: the kernel asks no owner after it, and the IPMODIFY ops joins a direct ops without an owner.
# design linux-6.12
# scope records=2,ipmodify=1,absent=1,positive=1
add P 2
  0
  1: (0) ... - ran -
  2: (0) ... - ran -
register P records 2
  0
  1: (0) ... - ran -
  2: (1) R.D P.a ran P.a
add A 1
  0
  1: (0) ... - ran -
  2: (1) R.D P.a ran P.a
register A records 1
  0
  1: (1) R.D A.a ran A.a
  2: (1) R.D P.a ran P.a
add X 1
  0
  1: (1) R.D A.a ran A.a
  2: (1) R.D P.a ran P.a
add X 2
  0
  1: (1) R.D A.a ran A.a
  2: (1) R.D P.a ran P.a
register X records 2,1
  0
  P PEER 1
  1: (2) RID A.a ran X,A.a
  2: (2) RID P.a ran X,P.a
