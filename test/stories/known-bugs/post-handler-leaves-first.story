# A kprobe with a post_handler is first on a function, another one joins it, and the first leaves: both can be removed.
# design clients@linux-6.12
# scope kprobe=1,post=1
register kprobe Q
  0
  1: (1) RI. - ran original,Q
  2: (0) ... - ran original
register kprobe P
  0
  1: (1) RI. - ran original,P,Q
  2: (0) ... - ran original
unregister kprobe Q
  0
  1: (1) RI. - ran original,P
  2: (0) ... - ran original
unregister kprobe P
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
