# A direct ops is unregistered with the trampoline that is not in force: the ops goes, its entry stays, and no direct ops can be registered on the function again.
# design linux-6.12
# scope records=1,willing=2,misuse=1
add W 1
  0
  1: (0) ... - ran -
register W records 1
  0
  1: (1) R.D W.a ran W.a
unregister W other
  0
  1: (0) ... - ran -
register W records 1
  -EBUSY
  1: (0) ... - ran -
add W2 1
  0
  1: (0) ... - ran -
register W2 records 1
  -EBUSY
  1: (0) ... - ran -
