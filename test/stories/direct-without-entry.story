# A live direct ops grows: D without an entry in the table, a WARN; on 6.12 the trampoline still runs.
# design linux-6.12
# scope records=2,willing=1,edits=1
add W 1
  0
  1: (0) ... - ran -
  2: (0) ... - ran -
register W records 1
  0
  1: (1) R.D W.a ran W.a
  2: (0) ... - ran -
add W 2
  0
  WARN
  1: (1) R.D W.a ran W.a
  2: (1) R.D - ran W.a
unregister W records 1,2
  0
  WARN
  1: (0) ... - ran -
  2: (0) ... - ran -
