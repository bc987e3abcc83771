// SPDX-License-Identifier: MIT OR GPL-2.0
/* /dev/recwalk: write one command, read its answer. Each thread of /init that does so opens it for itself. */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include "device.h"

void append(struct line *line, const char *format, ...)
{
	size_t room = sizeof(line->text) - line->length;
	va_list args;

	va_start(args, format);
	line->length += vscnprintf(line->text + line->length, room, format, args);
	va_end(args);
}

void append_errno(struct line *line, int err)
{
	switch (err) {
	case -ENOENT:
		return append(line, "-ENOENT");
	case -EAGAIN:
		return append(line, "-EAGAIN");
	case -ENOMEM:
		return append(line, "-ENOMEM");
	case -EBUSY:
		return append(line, "-EBUSY");
	case -ENODEV:
		return append(line, "-ENODEV");
	case -EINVAL:
		return append(line, "-EINVAL");
	}
	append(line, "%d", err);
}

static ssize_t recwalk_write(struct file *file, const char __user *from, size_t size, loff_t *at)
{
	struct line *answer = file->private_data;
	char *command;

	if (size > 1024)
		return -EINVAL;
	command = memdup_user_nul(from, size);
	if (IS_ERR(command))
		return PTR_ERR(command);
	answer->length = 0;
	if (!dispatch_to_callers(command, answer))
		dispatch(command, answer);
	kfree(command);
	return size;
}

static ssize_t recwalk_read(struct file *file, char __user *to, size_t size, loff_t *at)
{
	const struct line *answer = file->private_data;

	if (size < answer->length)
		return -EINVAL;
	return copy_to_user(to, answer->text, answer->length) ? -EFAULT : answer->length;
}

static int recwalk_open(struct inode *inode, struct file *file)
{
	file->private_data = kzalloc(sizeof(struct line), GFP_KERNEL);
	return file->private_data ? 0 : -ENOMEM;
}

static int recwalk_release(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}

static const struct file_operations recwalk_fops = {
	.owner = THIS_MODULE,
	.open = recwalk_open,
	.release = recwalk_release,
	.read = recwalk_read,
	.write = recwalk_write,
};

static struct miscdevice recwalk_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "recwalk",
	.fops = &recwalk_fops,
};

static int __init recwalk_init(void)
{
	int err = prepare_module();

	if (err)
		return err;
	return misc_register(&recwalk_device);
}

static void __exit recwalk_exit(void)
{
	misc_deregister(&recwalk_device);
}

module_init(recwalk_init);
module_exit(recwalk_exit);
MODULE_DESCRIPTION("recwalk: replays sequences of ftrace calls");
MODULE_LICENSE("Dual MIT/GPL");
