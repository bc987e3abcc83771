# Hole: one IPMODIFY ops goes, and the owner of a direct ops is sent DISABLE while another IPMODIFY ops shares a record with it.
# design linux-6.12
# scope records=2,ipmodify=2,willing=1
add W 1
  0
  1: (0) ... - ran -
  2: (0) ... - ran -
add W 2
  0
  1: (0) ... - ran -
  2: (0) ... - ran -
register W records 1,2
  0
  1: (1) R.D W.a ran W.a
  2: (1) R.D W.a ran W.a
add X 1
  0
  1: (1) R.D W.a ran W.a
  2: (1) R.D W.a ran W.a
register X records 1
  0
  W PEER 0
  1: (2) RID W.a ran X,W.a
  2: (1) R.D W.a ran W.a
add Y 2
  0
  1: (2) RID W.a ran X,W.a
  2: (1) R.D W.a ran W.a
register Y records 2
  0
  W PEER 0
  1: (2) RID W.a ran X,W.a
  2: (2) RID W.a ran Y,W.a
unregister X records 1
  0
  W DISABLE 0
  1: (1) R.D W.a ran W.a
  2: (2) RID W.a ran Y,W.a
