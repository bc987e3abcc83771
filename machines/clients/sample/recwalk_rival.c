// SPDX-License-Identifier: MIT OR GPL-2.0
/* Another direct ops without ops_func on function 1. */
#define NAME rival
#define FUNCTION function_1
#include "recwalk_sample.c"
