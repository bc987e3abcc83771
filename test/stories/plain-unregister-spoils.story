# unregister_ftrace_function() of a direct ops: it goes, and can then be neither registered nor unregistered as a direct ops.
# design linux-6.12
# scope records=1,willing=1,misuse=1
add W 1
  0
  1: (0) ... - ran -
register W records 1
  0
  1: (1) R.D W.a ran W.a
plain unregister W
  0
  1: (0) ... - ran -
register W records 1
  -EINVAL
  1: (0) ... - ran -
unregister W records 1
  -EINVAL
  1: (0) ... - ran -
