# On Linux 7.2 a trampoline takes 36 programs. Of copies that are one too many none is attached.
# design clients@linux-7.2
# scope fentry=1,fexit=1,pair=1,many=1
attach fentry.many
  0
  1: (1) R.D bpf ran original,fentry.many*36
  2: (0) ... - ran original
attach fentry
  -E2BIG
  1: (1) R.D bpf ran original,fentry.many*36
  2: (0) ... - ran original
attach fexit
  -E2BIG
  1: (1) R.D bpf ran original,fentry.many*36
  2: (0) ... - ran original
detach fentry.many
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
attach fentry
  0
  1: (1) R.D bpf ran original,fentry
  2: (0) ... - ran original
attach fentry.many
  -E2BIG
  1: (1) R.D bpf ran original,fentry
  2: (0) ... - ran original
detach fentry
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
attach fentry.many
  0
  1: (1) R.D bpf ran original,fentry.many*36
  2: (0) ... - ran original
detach fentry.many
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
