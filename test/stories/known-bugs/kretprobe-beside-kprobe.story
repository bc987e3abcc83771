# A kretprobe and a kprobe on one function are both hit, whichever is first and whichever leaves first.
# design clients@linux-6.12
# scope kprobe=1,kretprobe=1
register kprobe P
  0
  1: (1) R.. - ran original,P
  2: (0) ... - ran original
register kretprobe K
  0
  1: (1) R.. - ran original,P,K
  2: (0) ... - ran original
unregister kprobe P
  0
  1: (1) R.. - ran original,K
  2: (0) ... - ran original
register kprobe P
  0
  1: (1) R.. - ran original,P,K
  2: (0) ... - ran original
unregister kretprobe K
  0
  1: (1) R.. - ran original,P
  2: (0) ... - ran original
unregister kprobe P
  0
  1: (0) ... - ran original
  2: (0) ... - ran original

# The same with the kretprobe first.
# design clients@linux-6.12
# scope kprobe=1,kretprobe=1
register kretprobe K
  0
  1: (1) R.. - ran original,K
  2: (0) ... - ran original
register kprobe P
  0
  1: (1) R.. - ran original,P,K
  2: (0) ... - ran original
unregister kretprobe K
  0
  1: (1) R.. - ran original,P
  2: (0) ... - ran original
register kretprobe K
  0
  1: (1) R.. - ran original,P,K
  2: (0) ... - ran original
unregister kprobe P
  0
  1: (1) R.. - ran original,K
  2: (0) ... - ran original
unregister kretprobe K
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
