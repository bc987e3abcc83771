# update_ftrace_direct_add() takes one function twice; _mod() changes one of its two entries, the next copy of the table swaps them, and ftrace dies.
# design linux-7.3
# scope records=2,tracer=1,bpf=1,misuse=1
direct add B 1,1
  0
  1: (1) R.D B.a ran B.a
  2: (0) ... - ran -
direct mod B 1
  0
  1: (1) R.D B.b ran B.b
  2: (0) ... - ran -
direct add B 2
  0
  1: (1) R.D B.a ran B.b
  2: (1) R.D B.a ran B.a
add T 1
  0
  1: (1) R.D B.a ran B.b
  2: (1) R.D B.a ran B.a
register T records 1
  -ENODEV
  WARN
  DEAD
