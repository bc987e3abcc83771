import type { CallType } from '../call.js';

/** Writes to the sysctl ftrace_enabled. */
export const ftraceEnabled: CallType = {
  description: 'writes 0 or 1 to the sysctl ftrace_enabled',
  global: ({ sysctl }) =>
    sysctl === 0
      ? []
      : [0, 1].map((value) => ({
          description: `ftrace_enabled ${value}`,
          to: 'ftrace',
          message: { type: 'ftrace_enabled', on: value === 1 },
        })),
  reproducer: {
    c: ({ message }) => `write_ftrace_enabled("${message.on ? 1 : 0}")`,
    note({ message }, state) {
      state.ftraceEnabled = message.on === true;
    },
    helper: () => `/* Writes the sysctl as a user would. */
static notrace int write_ftrace_enabled(const char *value)
{
	struct file *file = filp_open("/proc/sys/kernel/ftrace_enabled", O_WRONLY, 0);
	ssize_t size;

	if (IS_ERR(file))
		return PTR_ERR(file);
	size = kernel_write(file, value, 1, NULL);
	filp_close(file, NULL);
	return min_t(ssize_t, size, 0);
}
`,
    shell: ({ message }) => [`echo ${message.on ? 1 : 0} > /proc/sys/kernel/ftrace_enabled`],
  },
};
