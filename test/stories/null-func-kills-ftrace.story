# The same where another ops is: the list of ops is walked, NULL is noticed in it, and ftrace is dead.
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
