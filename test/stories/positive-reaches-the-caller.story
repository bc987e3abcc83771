# An owner returns 1: register returns 0; modify returns 1 and changes nothing.
# design linux-6.12
# scope records=1,ipmodify=1,positive=1
add P 1
  0
  1: (0) ... - ran -
register P records 1
  0
  1: (1) R.D P.a ran P.a
add X 1
  0
  1: (1) R.D P.a ran P.a
register X records 1
  0
  P PEER 1
  1: (2) RID P.a ran X,P.a
modify P
  1
  P SELF 1
  1: (2) RID P.a ran X,P.a
