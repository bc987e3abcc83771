# Linux 6.12 only: a live ops excludes its record by notrace, and R stays there although no remaining ops needs it.
# design linux-6.12
# scope records=1,tracer=1,regs=1,notrace=1
add T 1
  0
  1: (0) ... - ran -
register T records 1
  0
  1: (1) ... - ran T
add S 1
  0
  1: (1) ... - ran T
register S records 1
  0
  1: (2) R.. - ran T,S
notrace S 1
  0
  1: (1) R.. - ran T
