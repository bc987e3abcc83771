# Another direct ops registers where a live one grew without an entry: the text differs from the table, and ftrace dies.
# design linux-6.12
# scope records=2,willing=2,edits=1
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
add W2 2
  0
  1: (1) R.D W.a ran W.a
  2: (1) R.D - ran W.a
register W2 records 2
  -ENODEV
  WARN
  DEAD
