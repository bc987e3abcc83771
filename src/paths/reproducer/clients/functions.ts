/** The functions 1 and 2 of the clients, each with the file that calls it once when read. */
export const FUNCTIONS = [
  { name: 'cmdline_proc_show', file: '/proc/cmdline' },
  { name: 'version_proc_show', file: '/proc/version' },
] as const;
