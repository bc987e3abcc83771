// SPDX-License-Identifier: MIT OR GPL-2.0
/*
 * The functions that serve as records, and the bodies that replace them.
 *
 * no_reorder keeps the functions in address order, so records 1, 2, 3... have ascending addresses.
 * Every body is different, because the compiler would fold equal ones into one.
 */
#include "recwalk.h"

static volatile int sink;

#define TARGET(n)                                                                  \
	int recwalk_target_##n(void);                                              \
	noinline __attribute__((no_reorder, noclone)) int recwalk_target_##n(void) \
	{                                                                          \
		sink = n;                                                          \
		return 0;                                                          \
	}

#define BODY(n)                                                                            \
	int recwalk_body_##n(void);                                                        \
	noinline notrace __attribute__((no_reorder, noclone)) int recwalk_body_##n(void)   \
	{                                                                                  \
		sink = 100 + n;                                                            \
		return 1 + n;                                                              \
	}

TARGET(1) TARGET(2) TARGET(3) TARGET(4) TARGET(5) TARGET(6) TARGET(7) TARGET(8)

BODY(0) BODY(1) BODY(2) BODY(3) BODY(4) BODY(5) BODY(6) BODY(7)
BODY(8) BODY(9) BODY(10) BODY(11) BODY(12) BODY(13) BODY(14) BODY(15)

const target_fn targets[MAX_RECORDS] = {
	recwalk_target_1, recwalk_target_2, recwalk_target_3, recwalk_target_4,
	recwalk_target_5, recwalk_target_6, recwalk_target_7, recwalk_target_8,
};

/* Record numbers promise ascending addresses. Refuse to load if the compiler broke that. */
int prepare_module(void)
{
	int i;

	for (i = 1; i < MAX_RECORDS; i++)
		if (targets[i - 1] >= targets[i])
			return -ENOEXEC;
	return find_direct_calls();
}

target_fn target_of(int record)
{
	return targets[records_skipped + record - 1];
}

/* The record whose function begins with this ftrace location; 0 if there is none. */
int record_at(unsigned long ip)
{
	int record;

	for (record = 1; record <= record_count; record++)
		if (ip - (unsigned long)target_of(record) < 16)
			return record;
	return 0;
}

const target_fn bodies[MAX_OPS] = {
	recwalk_body_0,	 recwalk_body_1,  recwalk_body_2,  recwalk_body_3,
	recwalk_body_4,	 recwalk_body_5,  recwalk_body_6,  recwalk_body_7,
	recwalk_body_8,	 recwalk_body_9,  recwalk_body_10, recwalk_body_11,
	recwalk_body_12, recwalk_body_13, recwalk_body_14, recwalk_body_15,
};
