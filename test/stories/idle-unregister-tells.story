# A caller whose register failed unregisters the idle IPMODIFY ops: the kernel sends DISABLE to an owner that still shares with another one.
# design linux-6.12
# scope records=1,ipmodify=2,bpf=1,misuse=1
add B 1
  0
  1: (0) ... - ran -
register B records 1
  0
  1: (1) R.D B.a ran B.a
add Y 1
  0
  1: (1) R.D B.a ran B.a
register Y records 1
  0
  B PEER 0
  1: (2) RID B.a ran Y,B.a
add X 1
  0
  1: (2) RID B.a ran Y,B.a
unregister X records 1
  -EBUSY
  B DISABLE 0
  WARN
  1: (2) RID B.a ran Y,B.a
