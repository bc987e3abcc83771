# The second attach case of the RFC mail: a direct ops that cannot share, because its owner refuses or it has none.
# design linux-6.12
# scope records=1,ipmodify=1,refusing=1,absent=1
add R 1
  0
  1: (0) ... - ran -
register R records 1
  0
  1: (1) R.D R.a ran R.a
add X 1
  0
  1: (1) R.D R.a ran R.a
register X records 1
  -EBUSY
  R PEER -EBUSY
  1: (1) R.D R.a ran R.a
unregister R records 1
  0
  1: (0) ... - ran -
add A 1
  0
  1: (0) ... - ran -
register A records 1
  0
  1: (1) R.D A.a ran A.a
register X records 1
  -EBUSY
  1: (1) R.D A.a ran A.a
