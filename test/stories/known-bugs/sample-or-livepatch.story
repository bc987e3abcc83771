# A direct function without ops_func and a livepatch refuse each other, and the refused one can come later.
# design clients@linux-6.12
# scope livepatch=1,sample=1
load sample
  0
  1: (1) R.D sample ran original,sample
  2: (0) ... - ran original
enable livepatch
  -EBUSY
  1: (1) R.D sample ran original,sample
  2: (0) ... - ran original
unload sample
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
enable livepatch
  0
  1: (1) .I. - ran patched
  2: (0) ... - ran original
load sample
  -EBUSY
  1: (1) .I. - ran patched
  2: (0) ... - ran original
disable livepatch
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
load sample
  0
  1: (1) R.D sample ran original,sample
  2: (0) ... - ran original
unload sample
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
