// SPDX-License-Identifier: MIT OR GPL-2.0
/* A direct ops without ops_func on function 2. */
#define NAME sample2
#define FUNCTION function_2
#include "recwalk_sample.c"
