# A caller registers an IPMODIFY ops before it set a filter: the kernel reads through a NULL pointer.
# design linux-6.12
# scope records=1,ipmodify=1,attributes=1
register X
  OOPS
