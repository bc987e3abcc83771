# A direct ops joins an IPMODIFY record: its owner adjusts and returns -EAGAIN, and the next register succeeds (56b3c85e153b).
# design linux-6.12
# scope records=1,ipmodify=1,bpf=1
add X 1
  0
  1: (0) ... - ran -
register X records 1
  0
  1: (1) RI. - ran X
add B 1
  0
  1: (1) RI. - ran X
register B records 1
  -EAGAIN
  B SELF -EAGAIN
  1: (1) RI. - ran X
register B records 1
  0
  B SELF 0
  1: (2) RID B.a ran X,B.a
