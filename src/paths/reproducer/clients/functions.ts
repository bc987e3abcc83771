/** The functions of the clients, each with the file that calls it once when read. 3 is in a module that may be absent. */
export const FUNCTIONS = [
  { name: 'cmdline_proc_show', file: '/proc/cmdline' },
  { name: 'version_proc_show', file: '/proc/version' },
  { name: 'recwalk_proc_show', file: '/proc/recwalk' },
] as const;
