# Hole: A kprobe with a post_handler joins one without; when it is unregistered last, the kernel disarms the wrong ops, and a probe elsewhere with it.
# design clients@linux-6.12
# scope default
register kprobe P
  0
  1: (1) R.. - ran original,P
  2: (0) ... - ran original
register kprobe Q
  0
  1: (1) R.. - ran original,P,Q
  2: (0) ... - ran original
unregister kprobe P
  0
  1: (1) R.. - ran original,Q
  2: (0) ... - ran original
register kprobe R
  0
  1: (1) R.. - ran original,Q
  2: (1) RI. - ran original,R
unregister kprobe Q
  0
  WARN
  1: (1) R.. - ran original,Q
  2: (0) ... - ran original
