/** The steps of a guest: calls of ftrace's own functions, or the actions of an administrator on its real clients. */
export type GuestKind = 'calls' | 'clients';

/** The files that a kind of guest is built from. */
export interface Kind {
  /** Its C files that are part of /init, without their suffix. */
  init: readonly string[];
  /** Its kernel modules, named in its Makefile. */
  modules: readonly string[];
  /** Its BPF objects, which /init loads with libbpf. */
  programs: readonly string[];
}

/** The C files that every /init has, without their suffix. */
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

/** The kinds of guest. Each has a folder of its name. */
export const KINDS: Record<GuestKind, Kind> = {
  calls: { init: ['perform', 'names', 'sysctl'], modules: ['recwalk'], programs: [] },
  clients: {
    init: ['perform', 'look', 'programs', 'modules', 'tracer'],
    modules: ['recwalk', 'recwalk_livepatch', 'recwalk_sample'],
    programs: ['programs.bpf'],
  },
};
