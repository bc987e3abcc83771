# A kprobe keeps being hit while BPF programs come to its function and leave it.
# design clients@linux-6.12
# scope fentry=1,fexit=1,kprobe=1
register kprobe P
  0
  1: (1) R.. - ran original,P
  2: (0) ... - ran original
attach fentry
  0
  1: (2) R.D bpf ran original,fentry,P
  2: (0) ... - ran original
attach fexit
  0
  1: (2) R.D bpf ran original,fentry,fexit,P
  2: (0) ... - ran original
detach fentry
  0
  1: (2) R.D bpf ran original,fexit,P
  2: (0) ... - ran original
detach fexit
  0
  1: (1) R.. - ran original,P
  2: (0) ... - ran original
unregister kprobe P
  0
  1: (0) ... - ran original
  2: (0) ... - ran original

# BPF programs keep being hit while a kprobe comes and leaves.
# design clients@linux-6.12
# scope fentry=1,fexit=1,kprobe=1
attach fexit
  0
  1: (1) R.D bpf ran original,fexit
  2: (0) ... - ran original
attach fentry
  0
  1: (1) R.D bpf ran original,fentry,fexit
  2: (0) ... - ran original
register kprobe P
  0
  1: (2) R.D bpf ran original,fentry,fexit,P
  2: (0) ... - ran original
detach fexit
  0
  1: (2) R.D bpf ran original,fentry,P
  2: (0) ... - ran original
unregister kprobe P
  0
  1: (1) R.D bpf ran original,fentry
  2: (0) ... - ran original
detach fentry
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
