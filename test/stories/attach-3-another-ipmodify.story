# The third attach case of the RFC mail: another IPMODIFY ops.
# design linux-6.12
# scope records=1,ipmodify=2
add X 1
  0
  1: (0) ... - ran -
register X records 1
  0
  1: (1) RI. - ran X
add Y 1
  0
  1: (1) RI. - ran X
register Y records 1
  -EBUSY
  1: (1) RI. - ran X
