# register_ftrace_function() of a direct ops that is not registered: func is NULL, and the next call of the function jumps there.
# design linux-6.12
# scope records=1,willing=1,misuse=1
add W 1
  0
  1: (0) ... - ran -
plain register W
  OOPS
