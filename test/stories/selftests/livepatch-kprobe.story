# A function with a kprobe that has a post_handler cannot be livepatched.
# design clients@linux-6.12
# scope livepatch=1,kprobe=1,post=1
register kprobe Q
  0
  1: (1) RI. - ran original,Q
  2: (0) ... - ran original
enable livepatch
  -EBUSY
  1: (1) RI. - ran original,Q
  2: (0) ... - ran original
unregister kprobe Q
  0
  1: (0) ... - ran original
  2: (0) ... - ran original

# A function with a kprobe that has no post_handler can be.
# design clients@linux-6.12
# scope livepatch=1,kprobe=1,post=1
register kprobe P
  0
  1: (1) R.. - ran original,P
  2: (0) ... - ran original
enable livepatch
  0
  1: (2) RI. - ran patched,P
  2: (0) ... - ran original
unregister kprobe P
  0
  1: (1) .I. - ran patched
  2: (0) ... - ran original
disable livepatch
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
