# fexit programs on two functions are attached and detached, and once more without a new load; each is hit once.
# design clients@linux-6.12
# scope fexit=2,load=1
load fexit
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
load fexit2
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
attach fexit
  0
  1: (1) R.D bpf ran original,fexit
  2: (0) ... - ran original
attach fexit2
  0
  1: (1) R.D bpf ran original,fexit
  2: (1) R.D bpf ran original,fexit2
attach fexit
  -EBUSY
  1: (1) R.D bpf ran original,fexit
  2: (1) R.D bpf ran original,fexit2
detach fexit
  0
  1: (0) ... - ran original
  2: (1) R.D bpf ran original,fexit2
detach fexit2
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
attach fexit
  0
  1: (1) R.D bpf ran original,fexit
  2: (0) ... - ran original
attach fexit2
  0
  1: (1) R.D bpf ran original,fexit
  2: (1) R.D bpf ran original,fexit2
attach fexit
  -EBUSY
  1: (1) R.D bpf ran original,fexit
  2: (1) R.D bpf ran original,fexit2
detach fexit
  0
  1: (0) ... - ran original
  2: (1) R.D bpf ran original,fexit2
detach fexit2
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
unload fexit
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
unload fexit2
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
