# Two functions have a program at the entry and one at the exit each, and each program is hit once.
# design clients@linux-6.12
# scope fentry=2,fexit=2
attach fentry
  0
  1: (1) R.D bpf ran original,fentry
  2: (0) ... - ran original
attach fentry2
  0
  1: (1) R.D bpf ran original,fentry
  2: (1) R.D bpf ran original,fentry2
attach fexit
  0
  1: (1) R.D bpf ran original,fentry,fexit
  2: (1) R.D bpf ran original,fentry2
attach fexit2
  0
  1: (1) R.D bpf ran original,fentry,fexit
  2: (1) R.D bpf ran original,fentry2,fexit2
detach fentry
  0
  1: (1) R.D bpf ran original,fexit
  2: (1) R.D bpf ran original,fentry2,fexit2
detach fentry2
  0
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
