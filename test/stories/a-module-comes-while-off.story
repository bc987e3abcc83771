# Hole: A module is loaded while ftrace_enabled is 0; its function calls a tracer, and still does after the tracer freed its trampoline.
# design clients@linux-6.12
# scope loading
start tracer3
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
ftrace_enabled 0
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
load module
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
  3: (1) ... - ran original,tracer3
stop tracer3
  OOPS
