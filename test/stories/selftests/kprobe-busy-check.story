# A kprobe event that is enabled cannot be removed; once it is disabled, it can.
# design clients@linux-6.12
# scope event=1
register event E
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
enable event E
  0
  1: (1) R.. - ran original,E
  2: (0) ... - ran original
remove event E
  -EBUSY
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

# A kprobe event that was never enabled can be removed.
# design clients@linux-6.12
# scope event=1
register event E
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
remove event E
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
