// SPDX-License-Identifier: MIT OR GPL-2.0
/* A livepatch of function 3, which belongs to a module. */
#define BODY "patched"
#define OBJECT MODULE_3
#define PATCHED FUNCTION_3
#define REPLACE false
#include "recwalk_livepatch.c"
