# Hole: A kprobe event is disabled last, the kernel disarms the wrong ops, reports success, and the event is still hit.
# design clients@linux-6.12
# scope probes
register event E
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
enable event E
  0
  1: (1) R.. - ran original,E
  2: (0) ... - ran original
register kprobe Q
  0
  1: (1) R.. - ran original,E,Q
  2: (0) ... - ran original
unregister kprobe Q
  0
  1: (1) R.. - ran original,E
  2: (0) ... - ran original
disable event E
  0
  WARN
  1: (1) R.. - ran original,E
  2: (0) ... - ran original
