# Hole: A module is unloaded under two kprobes of its function; the next kprobe with a post_handler, on any function, is accepted and never hit.
# design clients@linux-6.12
# scope modules
load module
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
  3: (0) ... - ran original
register kprobe S
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
  3: (1) R.. - ran original,S
register kprobe T
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
  3: (1) R.. - ran original,S,T
unload module
  0
  WARN
  1: (0) ... - ran original
  2: (0) ... - ran original
register kprobe R
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
