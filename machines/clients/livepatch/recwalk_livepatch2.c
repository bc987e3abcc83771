// SPDX-License-Identifier: MIT OR GPL-2.0
/* Another livepatch of function 1. */
#define BODY "patched2"
#define OBJECT NULL
#define PATCHED FUNCTION_1
#define REPLACE false
#include "recwalk_livepatch.c"
