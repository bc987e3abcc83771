/* SPDX-License-Identifier: MIT OR GPL-2.0 */
/* Limits on which the module and /init must agree. */
#ifndef SIZES_H
#define SIZES_H

#define MAX_RECORDS 8
#define MAX_OPS 16
#define NAME_LEN 16

#endif
