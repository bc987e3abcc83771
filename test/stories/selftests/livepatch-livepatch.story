# A livepatch takes effect until it is disabled.
# design clients@linux-6.12
# scope livepatch=1,second=1,replacement=1
enable livepatch
  0
  1: (1) .I. - ran patched
  2: (0) ... - ran original
disable livepatch
  0
  1: (0) ... - ran original
  2: (0) ... - ran original

# A second livepatch of the function covers the first, which takes effect again when the second is disabled.
# design clients@linux-6.12
# scope livepatch=1,second=1,replacement=1
enable livepatch
  0
  1: (1) .I. - ran patched
  2: (0) ... - ran original
enable livepatch2
  0
  1: (1) .I. - ran patched2
  2: (0) ... - ran original
disable livepatch2
  0
  1: (1) .I. - ran patched
  2: (0) ... - ran original
disable livepatch
  0
  1: (0) ... - ran original
  2: (0) ... - ran original

# A livepatch that replaces all others takes both of them away, and nothing is left when it is disabled.
# design clients@linux-6.12
# scope livepatch=1,second=1,replacement=1
enable livepatch
  0
  1: (1) .I. - ran patched
  2: (0) ... - ran original
enable livepatch2
  0
  1: (1) .I. - ran patched2
  2: (0) ... - ran original
enable replacement
  0
  1: (0) ... - ran original
  2: (1) .I. - ran replaced
disable replacement
  0
  1: (0) ... - ran original
  2: (0) ... - ran original
