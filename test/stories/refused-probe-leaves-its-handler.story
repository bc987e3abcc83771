# Hole: A kprobe with a post_handler is refused on a livepatched function, but from then on the kernel also refuses to enable a kprobe event there, which has none.
# design clients@linux-6.12
# scope probes
enable livepatch
  0
  1: (1) .I. - ran patched
  2: (0) ... - ran original
register event E
  0
  1: (1) .I. - ran patched
  2: (0) ... - ran original
register kprobe Q
  -EBUSY
  1: (1) .I. - ran patched
  2: (0) ... - ran original
enable event E
  -EBUSY
  1: (1) .I. - ran patched
  2: (0) ... - ran original
register kprobe P
  -EBUSY
  1: (1) .I. - ran patched
  2: (0) ... - ran original
