// SPDX-License-Identifier: MIT OR GPL-2.0
/* "script OPS ANSWER" and "script OPS ANSWER,ANSWER": no call of ftrace. */
#include "recwalk.h"

const struct call script_calls[] = { { "script", .make_of_text = set_script }, { } };
