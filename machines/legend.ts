/** How to read a story, for someone who knows ftrace and not us. */
export const legend = `X Y are IPMODIFY ops, T a tracer, S a tracer with SAVE_REGS; direct ops by their owner's ops_func: W always
says yes, R always -EBUSY, B is like BPF (-EAGAIN, then yes), A has none. 1 2 are functions.
add and remove are ftrace_set_filter_ip(). After each call: its return value; which owner was asked and its
answer; then what is new about a function, as in enabled_functions: (count), flags, trampoline, and what ran
when it was called. "records 2,1" is the order of the filter's hash.`;
