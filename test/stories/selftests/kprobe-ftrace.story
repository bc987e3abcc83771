# A kprobe event and the function tracer on one function: each is hit exactly while it is on.
# design clients@linux-6.12
# scope event=1,tracer=1
register event E
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
enable event E
  0
  1: (1) R.. - ran original,E
  2: (0) ... - ran original
start tracer
  0
  1: (2) R.. - ran original,E,tracer
  2: (1) ... - ran original,tracer
disable event E
  0
  1: (1) ... - ran original,tracer
  2: (1) ... - ran original,tracer
enable event E
  0
  1: (2) R.. - ran original,E,tracer
  2: (1) ... - ran original,tracer
stop tracer
  0
  1: (1) R.. - ran original,E
  2: (0) ... - ran original
disable event E
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
remove event E
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
