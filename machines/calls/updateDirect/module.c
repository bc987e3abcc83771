// SPDX-License-Identifier: MIT OR GPL-2.0
/*
 * "direct add OPS SET", "direct del OPS SET", "direct del OPS SET other" and "direct mod OPS SET", from
 * 7.0 on: the ops has a trampoline for each function, as that of BPF. Its owner is bpf, or one with a lock.
 */
#include <linux/kprobes.h>
#include "recwalk.h"

#if LINUX_VERSION_CODE >= KERNEL_VERSION(7, 0, 0)

/* Functions that the kernel does not export. */
static struct {
	struct ftrace_hash *(*alloc)(int size_bits);
	void (*free)(struct ftrace_hash *hash);
	struct ftrace_func_entry *(*append)(struct ftrace_hash *hash, unsigned long ip,
					    unsigned long direct);
	unsigned long (*location)(unsigned long ip);
	int (*add)(struct ftrace_ops *ops, struct ftrace_hash *hash);
	int (*del)(struct ftrace_ops *ops, struct ftrace_hash *hash);
	int (*mod)(struct ftrace_ops *ops, struct ftrace_hash *hash, bool do_direct_lock);
} direct;

/* A kprobe resolves its symbol. A disabled kprobe changes nothing. */
static int find_symbol(const char *name, void *address)
{
	struct kprobe finder = { .symbol_name = name, .flags = KPROBE_FLAG_DISABLED };
	int err = register_kprobe(&finder);

	if (err)
		return err;
	*(void **)address = finder.addr;
	unregister_kprobe(&finder);
	return 0;
}

int find_direct_calls(void)
{
	return find_symbol("alloc_ftrace_hash", &direct.alloc) ?:
	       find_symbol("free_ftrace_hash", &direct.free) ?:
	       find_symbol("add_ftrace_hash_entry_direct", &direct.append) ?:
	       find_symbol("ftrace_location", &direct.location) ?:
	       find_symbol("update_ftrace_direct_add", &direct.add) ?:
	       find_symbol("update_ftrace_direct_del", &direct.del) ?:
	       find_symbol("update_ftrace_direct_mod", &direct.mod);
}

enum side { FIRST, CURRENT, OTHER };

static unsigned long address_of(const struct guest_ops *ops, int record, enum side side)
{
	bool b = ops->functions[record].trampoline_b;

	return trampoline_named(ops, side == FIRST ? false : side == OTHER ? !b : b);
}

/* The functions of the set, with their trampolines. */
static struct ftrace_hash *hash_of(const struct guest_ops *ops, const struct set *set, enum side side)
{
	struct ftrace_hash *hash = direct.alloc(4);
	int i;

	for (i = 0; hash && i < set->count; i++) {
		int record = set->records[i];
		unsigned long ip = direct.location((unsigned long)target_of(record));

		if (!direct.append(hash, ip, address_of(ops, record, side))) {
			direct.free(hash);
			return NULL;
		}
	}
	return hash;
}

static int mod_locked(struct ftrace_ops *ops, struct ftrace_hash *hash)
{
	return direct.mod(ops, hash, true);
}

static int make(struct guest_ops *ops, const struct set *set, enum side side,
		int (*call)(struct ftrace_ops *ops, struct ftrace_hash *hash))
{
	struct ftrace_hash *hash;
	int err;

	if (ops->owner != BPF && !has_lock(ops))
		return -EINVAL;
	hash = hash_of(ops, set, side);
	if (!hash)
		return -ENOMEM;
	err = call(&ops->ftrace_ops, hash);
	direct.free(hash);
	return err;
}

static bool was_before(const struct set *set, int i)
{
	int j;

	for (j = 0; j < i; j++)
		if (set->records[j] == set->records[i])
			return true;
	return false;
}

/* As bpf_trampoline_update(): builds the trampolines first, and keeps them if the call succeeds. */
static int make_rebuilt(struct guest_ops *ops, const struct set *set, enum side side,
			int (*call)(struct ftrace_ops *ops, struct ftrace_hash *hash))
{
	bool had[MAX_RECORDS + 1];
	int i, err;

	for (i = 1; i <= MAX_RECORDS; i++)
		had[i] = ops->functions[i].orig_stack;
	for (i = 0; i < set->count; i++) {
		struct guest_function *function = &ops->functions[set->records[i]];

		function->orig_stack = function->share;
	}
	err = make(ops, set, side, call);
	for (i = 1; err && i <= MAX_RECORDS; i++)
		ops->functions[i].orig_stack = had[i];
	return err;
}

static void note_registered(struct guest_ops *ops)
{
	int i;

	ops->registered = false;
	for (i = 1; i <= MAX_RECORDS; i++)
		ops->registered |= ops->functions[i].times > 0;
}

static int add(struct guest_ops *ops, const struct set *set)
{
	int i, err = make_rebuilt(ops, set, FIRST, direct.add);

	for (i = 0; !err && i < set->count; i++) {
		ops->functions[set->records[i]].trampoline_b = false;
		ops->functions[set->records[i]].times++;
	}
	note_registered(ops);
	return err;
}

static int del_side(struct guest_ops *ops, const struct set *set, enum side side)
{
	int i, err = make(ops, set, side, direct.del);

	for (i = 0; !err && i < set->count; i++) {
		struct guest_function *function = &ops->functions[set->records[i]];

		if (!--function->times)
			*function = (struct guest_function){ };
	}
	note_registered(ops);
	return err;
}

static int del(struct guest_ops *ops, const struct set *set)
{
	return del_side(ops, set, CURRENT);
}

static int del_other(struct guest_ops *ops, const struct set *set)
{
	return del_side(ops, set, OTHER);
}

static int mod(struct guest_ops *ops, const struct set *set)
{
	int i, err = make_rebuilt(ops, set, OTHER, mod_locked);

	for (i = 0; !err && i < set->count; i++)
		if (!was_before(set, i))
			ops->functions[set->records[i]].trampoline_b ^= true;
	return err;
}

const struct call updateDirect_calls[] = {
	{ "direct add", .make_on_set = add, .by_owner = true },
	{ "direct del", .make_on_set = del, .by_owner = true },
	{ "direct del", "other", .make_on_set = del_other, .by_owner = true },
	{ "direct mod", .make_on_set = mod, .by_owner = true },
	{ }
};

#else

int find_direct_calls(void)
{
	return 0;
}

const struct call updateDirect_calls[] = { { } };

#endif
