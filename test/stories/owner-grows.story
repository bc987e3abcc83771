# On PEER an owner adds a function to the filter of its own ops: the function is DIRECT without an entry.
# design linux-6.12
# scope records=2,ipmodify=1,scripted=1
add Q 1
  0
  1: (0) ... - ran -
  2: (0) ... - ran -
register Q records 1
  0
  1: (1) R.D Q.a ran Q.a
  2: (0) ... - ran -
add X 1
  0
  1: (1) R.D Q.a ran Q.a
  2: (0) ... - ran -
script Q add 2
  0
  1: (1) R.D Q.a ran Q.a
  2: (0) ... - ran -
register X records 1
  0
  Q PEER 0
  WARN
  1: (2) RID Q.a ran X,Q.a
  2: (1) R.D - ran Q.a
