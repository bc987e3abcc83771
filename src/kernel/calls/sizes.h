/* SPDX-License-Identifier: MIT OR GPL-2.0 */
/* How much the module and /init can hold, which both must agree on. */
#ifndef SIZES_H
#define SIZES_H

#define RECORDS 8
#define ACTORS 16
#define NAME_LEN 16

#endif
