/** The functions 1 and 2 of the clients, each with the file whose reading calls it once. */
export const FUNCTIONS = [
  { name: 'cmdline_proc_show', file: '/proc/cmdline' },
  { name: 'version_proc_show', file: '/proc/version' },
] as const;
