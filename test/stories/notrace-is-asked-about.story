# A direct ops is refused because of a record that a notrace entry excludes: the ops would not have attached there.
# design linux-6.12
# scope records=2,ipmodify=1,refusing=1,notrace=1
add X 1
  0
  1: (0) ... - ran -
  2: (0) ... - ran -
register X records 1
  0
  1: (1) RI. - ran X
  2: (0) ... - ran -
add R 1
  0
  1: (1) RI. - ran X
  2: (0) ... - ran -
add R 2
  0
  1: (1) RI. - ran X
  2: (0) ... - ran -
notrace R 1
  0
  1: (1) RI. - ran X
  2: (0) ... - ran -
register R records 1,2
  -EBUSY
  R SELF -EBUSY
  1: (1) RI. - ran X
  2: (0) ... - ran -
