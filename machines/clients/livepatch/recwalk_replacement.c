// SPDX-License-Identifier: MIT OR GPL-2.0
/* A livepatch of function 2 that replaces all others. */
#define BODY "replaced"
#define OBJECT NULL
#define PATCHED FUNCTION_2
#define REPLACE true
#include "recwalk_livepatch.c"
