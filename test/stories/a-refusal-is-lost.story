# Hole: ftrace refuses a probe, and register_kprobe() returns 0.
# design clients@linux-7.3
# scope sample
load sample
  0
  1: (1) R.D sample ran original,sample
  2: (0) ... - ran original
register kprobe Q
  0
  1: (1) R.D sample ran original,sample
  2: (0) ... - ran original
