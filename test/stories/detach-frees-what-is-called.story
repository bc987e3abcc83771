# Hole: A BPF program of several functions is detached; ftrace refuses the new image of one of them, and the kernel frees the old one, which that function still calls.
# design clients@linux-7.3
# scope multi
attach fexit
  0
  1: (1) R.D bpf(jmp) ran original,fexit
  2: (0) ... - ran original
attach fentry.multi
  0
  1: (1) R.D bpf(jmp) ran original,fexit,fentry.multi
  2: (1) R.D bpf ran original,fentry.multi
register kprobe R
  0
  1: (1) R.D bpf(jmp) ran original,fexit,fentry.multi
  2: (2) RID bpf ran original,fentry.multi,R
register kprobe Q
  0
  1: (2) RID bpf(jmp) ran original,fexit,fentry.multi,Q
  2: (2) RID bpf ran original,fentry.multi,R
detach fentry.multi
  PANIC
