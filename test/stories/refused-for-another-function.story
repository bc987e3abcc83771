# Hole: A program is refused on one function because the trampoline of another function was never asked to share.
# design clients@linux-7.3
# scope functions
attach fentry
  0
  1: (1) R.D bpf ran original,fentry
  2: (0) ... - ran original
attach fexit2
  0
  1: (1) R.D bpf ran original,fentry
  2: (1) R.D bpf(jmp) ran original,fexit2
register kprobe Q
  0
  1: (2) RID bpf ran original,fentry,Q
  2: (1) R.D bpf(jmp) ran original,fexit2
register kprobe R
  0
  1: (2) RID bpf ran original,fentry,Q
  2: (2) RID bpf(jmp) ran original,fexit2,R
attach fexit
  -EBUSY
  WARN
  1: (2) RID bpf ran original,fentry,Q
  2: (2) RID bpf(jmp) ran original,fexit2,R
