# An owner agrees about the first function and refuses the second: the call is refused, and the owner is not told.
# design linux-6.12
# scope records=2,ipmodify=1,scripted=1
add X 1
  0
  1: (0) ... - ran -
  2: (0) ... - ran -
add X 2
  0
  1: (0) ... - ran -
  2: (0) ... - ran -
register X records 1,2
  0
  1: (1) RI. - ran X
  2: (1) RI. - ran X
add Q 1
  0
  1: (1) RI. - ran X
  2: (1) RI. - ran X
add Q 2
  0
  1: (1) RI. - ran X
  2: (1) RI. - ran X
script Q 0,-EBUSY
  0
  1: (1) RI. - ran X
  2: (1) RI. - ran X
register Q records 1,2
  -EBUSY
  Q SELF 0
  Q SELF -EBUSY
  1: (1) RI. - ran X
  2: (1) RI. - ran X
