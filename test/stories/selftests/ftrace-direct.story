# A direct function and the function tracer come and go in every order, and each is hit while it is there.
# design clients@linux-6.12
# scope tracer=1,graph=1,sample=1
start tracer
  0
  1: (1) ... - ran original,tracer
  2: (1) ... - ran original,tracer
load sample
  0
  1: (2) R.D sample ran original,sample,tracer
  2: (1) ... - ran original,tracer
unload sample
  0
  1: (1) ... - ran original,tracer
  2: (1) ... - ran original,tracer
stop tracer
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
start tracer
  0
  1: (1) ... - ran original,tracer
  2: (1) ... - ran original,tracer
load sample
  0
  1: (2) R.D sample ran original,sample,tracer
  2: (1) ... - ran original,tracer
stop tracer
  0
  1: (1) R.D sample ran original,sample
  2: (0) ... - ran original
unload sample
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
load sample
  0
  1: (1) R.D sample ran original,sample
  2: (0) ... - ran original
start tracer
  0
  1: (2) R.D sample ran original,sample,tracer
  2: (1) ... - ran original,tracer
stop tracer
  0
  1: (1) R.D sample ran original,sample
  2: (0) ... - ran original
unload sample
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
load sample
  0
  1: (1) R.D sample ran original,sample
  2: (0) ... - ran original
start tracer
  0
  1: (2) R.D sample ran original,sample,tracer
  2: (1) ... - ran original,tracer
unload sample
  0
  1: (1) ... - ran original,tracer
  2: (1) ... - ran original,tracer
stop tracer
  0
  1: (0) ... - ran original
  2: (0) ... - ran original

# The same with function_graph.
# design clients@linux-6.12
# scope tracer=1,graph=1,sample=1
start graph
  0
  1: (1) ... - ran original,graph
  2: (1) ... - ran original,graph
load sample
  0
  1: (2) R.D sample ran original,sample,graph
  2: (1) ... - ran original,graph
unload sample
  0
  1: (1) ... - ran original,graph
  2: (1) ... - ran original,graph
stop graph
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
start graph
  0
  1: (1) ... - ran original,graph
  2: (1) ... - ran original,graph
load sample
  0
  1: (2) R.D sample ran original,sample,graph
  2: (1) ... - ran original,graph
stop graph
  0
  1: (1) R.D sample ran original,sample
  2: (0) ... - ran original
unload sample
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
load sample
  0
  1: (1) R.D sample ran original,sample
  2: (0) ... - ran original
start graph
  0
  1: (2) R.D sample ran original,sample,graph
  2: (1) ... - ran original,graph
stop graph
  0
  1: (1) R.D sample ran original,sample
  2: (0) ... - ran original
unload sample
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
load sample
  0
  1: (1) R.D sample ran original,sample
  2: (0) ... - ran original
start graph
  0
  1: (2) R.D sample ran original,sample,graph
  2: (1) ... - ran original,graph
unload sample
  0
  1: (1) ... - ran original,graph
  2: (1) ... - ran original,graph
stop graph
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
