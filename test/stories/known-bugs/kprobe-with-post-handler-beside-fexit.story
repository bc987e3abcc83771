# A kprobe with a post_handler and BPF programs share a function, in either order, and each is hit once.
# design clients@linux-6.12
# scope fentry=1,fexit=1,post=1
register kprobe Q
  0
  1: (1) RI. - ran original,Q
  2: (0) ... - ran original
attach fexit
  0
  1: (2) RID bpf ran original,fexit,Q
  2: (0) ... - ran original
unregister kprobe Q
  0
  1: (1) R.D bpf ran original,fexit
  2: (0) ... - ran original
register kprobe Q
  0
  1: (2) RID bpf ran original,fexit,Q
  2: (0) ... - ran original
detach fexit
  0
  1: (1) RI. - ran original,Q
  2: (0) ... - ran original
unregister kprobe Q
  0
  1: (0) ... - ran original
  2: (0) ... - ran original

# The same with fentry.
# design clients@linux-6.12
# scope fentry=1,fexit=1,post=1
attach fentry
  0
  1: (1) R.D bpf ran original,fentry
  2: (0) ... - ran original
register kprobe Q
  0
  1: (2) RID bpf ran original,fentry,Q
  2: (0) ... - ran original
detach fentry
  0
  1: (1) RI. - ran original,Q
  2: (0) ... - ran original
attach fentry
  0
  1: (2) RID bpf ran original,fentry,Q
  2: (0) ... - ran original
unregister kprobe Q
  0
  1: (1) R.D bpf ran original,fentry
  2: (0) ... - ran original
detach fentry
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
