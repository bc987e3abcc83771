# Hole: A direct ops without an owner excludes probes with a post_handler, unless there is such a probe on another function.
# design clients@linux-6.12
# scope sample
register kprobe R
  0
  1: (0) ... - ran original
  2: (1) RI. - ran original,R
load sample
  0
  1: (1) R.D sample ran original,sample
  2: (1) RI. - ran original,R
register kprobe Q
  0
  1: (2) RID sample ran original,Q,sample
  2: (1) RI. - ran original,R
