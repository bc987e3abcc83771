# A trampoline takes 38 programs and refuses the next one, until another is detached.
# design clients@linux-6.12
# scope fentry=1,fexit=1,pair=1,many=1
attach fentry.many
  0
  1: (1) R.D bpf ran original,fentry.many*36
  2: (0) ... - ran original
attach fentry
  0
  1: (1) R.D bpf ran original,fentry,fentry.many*36
  2: (0) ... - ran original
attach fexit
  0
  1: (1) R.D bpf ran original,fentry,fentry.many*36,fexit
  2: (0) ... - ran original
attach fentry.second
  -E2BIG
  1: (1) R.D bpf ran original,fentry,fentry.many*36,fexit
  2: (0) ... - ran original
detach fentry
  0
  1: (1) R.D bpf ran original,fentry.many*36,fexit
  2: (0) ... - ran original
attach fentry.second
  0
  1: (1) R.D bpf ran original,fentry.second,fentry.many*36,fexit
  2: (0) ... - ran original
detach fexit
  0
  1: (1) R.D bpf ran original,fentry.second,fentry.many*36
  2: (0) ... - ran original
detach fentry.second
  0
  1: (1) R.D bpf ran original,fentry.many*36
  2: (0) ... - ran original
detach fentry.many
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
