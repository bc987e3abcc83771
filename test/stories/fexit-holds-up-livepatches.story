# Hole: A task that sleeps in a function with fexit holds up the livepatch that is disabled, though it sleeps in another one.
# design clients@linux-6.12
# scope transitions
attach fexit
  0
  1: (1) R.D bpf ran original,fexit
  2: (0) ... - ran original
enable livepatch
  0
  1: (2) RID bpf ran patched,fexit
  2: (0) ... - ran original
enable livepatch2
  0
  1: (2) RID bpf ran patched2,fexit
  2: (0) ... - ran original
sleep in 1
  0
  sleeper: in livepatch2
  1: (2) RID bpf ran patched2,fexit
  2: (0) ... - ran original
disable livepatch
  0
  livepatch: unpatching
  sleeper: in livepatch2
  1: (2) RID bpf ran patched2,fexit
  2: (0) ... - ran original
