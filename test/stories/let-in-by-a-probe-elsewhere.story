# Hole: A direct ops that nobody answers for keeps probes with a post_handler off, unless there is one on another function.
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
