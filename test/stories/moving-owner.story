# An owner agrees, but has taken its ops off the function: the IPMODIFY ops joins, nothing is shared, and the entry that stays blocks every other direct ops.
# design linux-6.12
# scope records=2,ipmodify=1,willing=1,moving=1
add M 1
  0
  1: (0) ... - ran -
  2: (0) ... - ran -
add M 2
  0
  1: (0) ... - ran -
  2: (0) ... - ran -
register M records 1,2
  0
  1: (1) R.D M.a ran M.a
  2: (1) R.D M.a ran M.a
add X 1
  0
  1: (1) R.D M.a ran M.a
  2: (1) R.D M.a ran M.a
register X records 1
  0
  M PEER 0
  1: (1) RI. - ran X
  2: (1) R.D M.a ran M.a
add W 1
  0
  1: (1) RI. - ran X
  2: (1) R.D M.a ran M.a
register W records 1
  -EBUSY
  1: (1) RI. - ran X
  2: (1) R.D M.a ran M.a
