# A refusing owner excludes its record by notrace, an IPMODIFY ops joins there, and the notrace entry is removed: the record is shared, and the kernel asked no owner.
# design linux-6.12
# scope records=1,ipmodify=1,refusing=1,notrace=1
add R 1
  0
  1: (0) ... - ran -
notrace R 1
  0
  1: (0) ... - ran -
register R records 1
  0
  1: (0) ... - ran -
add X 1
  0
  1: (0) ... - ran -
register X records 1
  0
  1: (1) RI. - ran X
notrace R none
  0
  1: (2) RID R.a ran X,R.a
