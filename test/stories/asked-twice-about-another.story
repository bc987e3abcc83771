# A filter of a live IPMODIFY ops grows without PEER, so a modify of another function meets a BPF trampoline that cannot share; asked twice, it WARNs (bpf_tramp_ftrace_ops_func(), 956747efd82a).
# design linux-7.3
# scope records=3,ipmodify=1,bpf=1
add X 3
  0
  1: (0) ... - ran -
  2: (0) ... - ran -
  3: (0) ... - ran -
register X records 3
  0
  1: (0) ... - ran -
  2: (0) ... - ran -
  3: (1) RI. - ran X
direct add B 1,2
  0
  1: (1) R.D B.a ran B.a
  2: (1) R.D B.a ran B.a
  3: (1) RI. - ran X
add X 1
  0
  1: (2) RID B.a ran X,B.a
  2: (1) R.D B.a ran B.a
  3: (1) RI. - ran X
direct mod B 2
  -EAGAIN
  B SELF(1) -EAGAIN
  1: (2) RID B.a ran X,B.a
  2: (1) R.D B.a ran B.a
  3: (1) RI. - ran X
direct mod B 2
  -EBUSY
  B SELF(1) -EBUSY
  WARN
  1: (2) RID B.a ran X,B.a
  2: (1) R.D B.a ran B.a
  3: (1) RI. - ran X
