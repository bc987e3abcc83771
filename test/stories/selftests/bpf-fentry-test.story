# fentry programs on two functions are attached and detached, and once more without a new load; each is hit once.
# design clients@linux-6.12
# scope fentry=2,load=1
load fentry
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
load fentry2
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
attach fentry
  0
  1: (1) R.D bpf ran original,fentry
  2: (0) ... - ran original
attach fentry2
  0
  1: (1) R.D bpf ran original,fentry
  2: (1) R.D bpf ran original,fentry2
attach fentry
  -EBUSY
  1: (1) R.D bpf ran original,fentry
  2: (1) R.D bpf ran original,fentry2
detach fentry
  0
  1: (0) ... - ran original
  2: (1) R.D bpf ran original,fentry2
detach fentry2
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
attach fentry
  0
  1: (1) R.D bpf ran original,fentry
  2: (0) ... - ran original
attach fentry2
  0
  1: (1) R.D bpf ran original,fentry
  2: (1) R.D bpf ran original,fentry2
attach fentry
  -EBUSY
  1: (1) R.D bpf ran original,fentry
  2: (1) R.D bpf ran original,fentry2
detach fentry
  0
  1: (0) ... - ran original
  2: (1) R.D bpf ran original,fentry2
detach fentry2
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
unload fentry
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
unload fentry2
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
