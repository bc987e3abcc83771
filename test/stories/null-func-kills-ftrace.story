# The same with another ops on the function: the kernel walks the list of ops, finds NULL in it, and ftrace dies.
# design linux-6.12
# scope records=1,tracer=1,willing=1,misuse=1
add T 1
  0
  1: (0) ... - ran -
register T records 1
  0
  1: (1) ... - ran T
add W 1
  0
  1: (1) ... - ran T
plain register W
  0
  1: (2) ... - ran -
  WARN while looking
