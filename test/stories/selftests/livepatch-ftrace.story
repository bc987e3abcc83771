# A livepatched function is traced, and its livepatch stays in effect.
# design clients@linux-6.12
# scope livepatch=1,tracer=1
enable livepatch
  0
  1: (1) .I. - ran patched
  2: (0) ... - ran original
start tracer
  0
  1: (2) .I. - ran patched,tracer
  2: (1) ... - ran original,tracer
stop tracer
  0
  1: (1) .I. - ran patched
  2: (0) ... - ran original
disable livepatch
  0
  1: (0) ... - ran original
  2: (0) ... - ran original

# A traced function is livepatched: the livepatch takes effect, and the tracer is still hit.
# design clients@linux-6.12
# scope livepatch=1,tracer=1
start tracer
  0
  1: (1) ... - ran original,tracer
  2: (1) ... - ran original,tracer
enable livepatch
  0
  1: (2) .I. - ran patched,tracer
  2: (1) ... - ran original,tracer
stop tracer
  0
  1: (1) .I. - ran patched
  2: (0) ... - ran original
disable livepatch
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
