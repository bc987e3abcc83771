# A direct function and a kprobe event come and go in every order, and each is hit while it is there.
# design clients@linux-6.12
# scope event=1,sample=2
register event E
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
enable event E
  0
  1: (1) R.. - ran original,E
  2: (0) ... - ran original
load sample
  0
  1: (2) R.D sample ran original,E,sample
  2: (0) ... - ran original
unload sample
  0
  1: (1) R.. - ran original,E
  2: (0) ... - ran original
disable event E
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
enable event E
  0
  1: (1) R.. - ran original,E
  2: (0) ... - ran original
load sample
  0
  1: (2) R.D sample ran original,E,sample
  2: (0) ... - ran original
disable event E
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
enable event E
  0
  1: (2) R.D sample ran original,E,sample
  2: (0) ... - ran original
disable event E
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
enable event E
  0
  1: (2) R.D sample ran original,E,sample
  2: (0) ... - ran original
unload sample
  0
  1: (1) R.. - ran original,E
  2: (0) ... - ran original
disable event E
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
remove event E
  0
  1: (0) ... - ran original
  2: (0) ... - ran original

# The same while a second sample is on another function.
# design clients@linux-6.12
# scope event=1,sample=2
load sample2
  0
  1: (0) ... - ran original
  2: (1) R.D sample2 ran original,sample2
register event E
  0
  1: (0) ... - ran original
  2: (1) R.D sample2 ran original,sample2
enable event E
  0
  1: (1) R.. - ran original,E
  2: (1) R.D sample2 ran original,sample2
load sample
  0
  1: (2) R.D sample ran original,E,sample
  2: (1) R.D sample2 ran original,sample2
unload sample
  0
  1: (1) R.. - ran original,E
  2: (1) R.D sample2 ran original,sample2
disable event E
  0
  1: (0) ... - ran original
  2: (1) R.D sample2 ran original,sample2
enable event E
  0
  1: (1) R.. - ran original,E
  2: (1) R.D sample2 ran original,sample2
load sample
  0
  1: (2) R.D sample ran original,E,sample
  2: (1) R.D sample2 ran original,sample2
disable event E
  0
  1: (1) R.D sample ran original,sample
  2: (1) R.D sample2 ran original,sample2
unload sample
  0
  1: (0) ... - ran original
  2: (1) R.D sample2 ran original,sample2
load sample
  0
  1: (1) R.D sample ran original,sample
  2: (1) R.D sample2 ran original,sample2
enable event E
  0
  1: (2) R.D sample ran original,E,sample
  2: (1) R.D sample2 ran original,sample2
disable event E
  0
  1: (1) R.D sample ran original,sample
  2: (1) R.D sample2 ran original,sample2
unload sample
  0
  1: (0) ... - ran original
  2: (1) R.D sample2 ran original,sample2
load sample
  0
  1: (1) R.D sample ran original,sample
  2: (1) R.D sample2 ran original,sample2
enable event E
  0
  1: (2) R.D sample ran original,E,sample
  2: (1) R.D sample2 ran original,sample2
unload sample
  0
  1: (1) R.. - ran original,E
  2: (1) R.D sample2 ran original,sample2
disable event E
  0
  1: (0) ... - ran original
  2: (1) R.D sample2 ran original,sample2
unload sample2
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
remove event E
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
