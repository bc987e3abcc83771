/** What a guest's steps are: calls of ftrace's own functions, or what an administrator does with its real clients. */
export type GuestKind = 'calls' | 'clients';

/** What a kind of guest is built from. */
export interface Kind {
  /** Its C files that become part of /init. */
  init: readonly string[];
  /** Its kernel modules, named in its Makefile. */
  modules: readonly string[];
  /** Its BPF objects, each loaded by /init with libbpf. */
  programs: readonly string[];
}

/** The C files in every /init. */
export const INIT = [
  'init',
  'channel',
  'ask',
  'warnings',
  'enabled',
  'errno',
  'text',
  'step',
  'conversation',
];

/** The kinds; each has a folder of its name. */
export const KINDS: Record<GuestKind, Kind> = {
  calls: { init: ['perform', 'names', 'sysctl'], modules: ['recwalk'], programs: [] },
  clients: {
    init: ['perform', 'look', 'programs', 'modules', 'tracer'],
    modules: ['recwalk', 'recwalk_livepatch', 'recwalk_sample'],
    programs: ['programs.bpf'],
  },
};
