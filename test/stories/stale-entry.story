# A live direct ops leaves a record; its entry stays, and no other direct ops can be registered on the function again.
# design linux-6.12
# scope records=2,willing=2,edits=1
add W 1
  0
  1: (0) ... - ran -
  2: (0) ... - ran -
add W 2
  0
  1: (0) ... - ran -
  2: (0) ... - ran -
register W records 1,2
  0
  1: (1) R.D W.a ran W.a
  2: (1) R.D W.a ran W.a
remove W 2
  0
  1: (1) R.D W.a ran W.a
  2: (0) ... - ran -
unregister W records 1
  0
  1: (0) ... - ran -
  2: (0) ... - ran -
add W2 2
  0
  1: (0) ... - ran -
  2: (0) ... - ran -
register W2 records 2
  -EBUSY
  1: (0) ... - ran -
  2: (0) ... - ran -
