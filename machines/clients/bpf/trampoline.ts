/**
 * The function of a trampoline by one of its names. Each name has a BTF id of its own, and bpf_trampoline_lookup() finds
 * trampolines by that id.
 */
export interface Target {
  readonly record: number;
  /** The name is another than the function's first. */
  readonly alias: boolean;
}

/** A BPF program, when it runs, and the function that it is for; several for fentry.multi and fexit.multi. */
export interface Program {
  readonly name: string;
  readonly type: 'fentry' | 'fexit';
  readonly records: readonly number[];
  /** It names another name of its function than the first. */
  readonly alias: boolean;
  /** The number of programs; several are attached one after the other, all or none. */
  readonly copies: number;
}

/** The number of copies of fentry.many: as many programs as a trampoline of 7.3 takes, and two fewer than one of 6.12. */
export const COPIES = 36;

export const isMulti = ({ records }: Program): boolean => records.length > 1;

/** Whether two programs are of one type and for the same functions. */
export const areAlike = (a: Program, b: Program): boolean =>
  a.type === b.type && a.alias === b.alias && a.records.join() === b.records.join();

export const areSame = (a: Target, b: Target): boolean =>
  a.record === b.record && a.alias === b.alias;

/** Whether a program is for the function of a trampoline, by its name. */
export const hasTarget = ({ records, alias }: Program, target: Target): boolean =>
  records.includes(target.record) && alias === target.alias;

/**
 * A program between two steps. While `loaded` it was never attached, and prog->aux->dst_trampoline holds its trampoline
 * (bpf_trampoline_get() in check_attach_btf_id()). The first attach moves that reference to the link
 * (bpf_tracing_prog_attach()), and detach drops it (bpf_tracing_link_release()); so a `detached` program holds none.
 * `linked` is attached, without a file descriptor of its own: the link holds the program.
 */
export type ProgramStatus = 'unloaded' | 'loaded' | 'attached' | 'detached' | 'linked';

export interface ProgramState extends Program {
  readonly status: ProgramStatus;
}

/** The image of a trampoline, struct bpf_tramp_image. */
export interface Image {
  /** Names of the programs for which it was built, in the order in which it calls alike ones; one for each link. */
  readonly programs: readonly string[];
  /** BPF_TRAMP_F_CALL_ORIG: it calls the function itself, because a program runs after it. */
  readonly callsFunction: boolean;
  /** BPF_TRAMP_F_ORIG_STACK: it calls the ip saved on the stack, which others may have changed. */
  readonly origStack: boolean;
}

/** The trampoline of one name of a function, struct bpf_trampoline. */
export interface Trampoline extends Target {
  /** BPF_TRAMP_F_SHARE_IPMODIFY. It stays set while programs come and go, until the trampoline is freed. */
  readonly share: boolean;
  /** cur_image: the last image whose registration was accepted; null if no program is attached. */
  readonly image: Image | null;
  /** The function still calls an image that was freed. */
  readonly dangles: boolean;
  /**
   * The image before the last program was detached, which tr->flags still describe; null if there is none, or if the
   * function has one name, so that nobody asks a trampoline without programs.
   */
  readonly left: Image | null;
}

export const isAttached = ({ status }: ProgramState): boolean =>
  status === 'attached' || status === 'linked';

/**
 * Whether a trampoline lives as long as the program stays as it is. A program of several functions gets its trampolines
 * only when it is attached (bpf_trampoline_multi_attach()).
 */
export const holdsTrampoline = (program: ProgramState): boolean =>
  (program.status === 'loaded' && !isMulti(program)) || isAttached(program);

/** The status of a program after its attach or detach. */
export const statusAfterToggle = (status: ProgramStatus): ProgramStatus =>
  (
    ({
      unloaded: 'linked',
      loaded: 'attached',
      detached: 'attached',
      attached: 'detached',
      linked: 'unloaded',
    }) as const
  )[status];

/** The image that bpf_trampoline_update() builds for programs; null for none. */
export function imageOf(programs: readonly Program[], share: boolean): Image | null {
  if (programs.length === 0) return null;
  const callsFunction = programs.some(({ type }) => type === 'fexit');
  return {
    programs: programs.map(({ name }) => name),
    callsFunction,
    origStack: callsFunction && share,
  };
}

/** Whether the image calls the function at its fixed address, regardless of a changed ip. */
export const ignoresIp = (image: Image | null | undefined): boolean =>
  image?.callsFunction === true && !image.origStack;
