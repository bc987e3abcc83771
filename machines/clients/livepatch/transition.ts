/** A livepatch, as its module defines it. */
export interface Patch {
  readonly name: string;
  /** The functions that it patches, in the order of the patch. */
  readonly functions: readonly number[];
  /** It replaces all other livepatches: `replace` of struct klp_patch. */
  readonly replace: boolean;
}

/** The livepatches of a function, newest first: func_stack of struct klp_ops. */
export interface Stack {
  readonly record: number;
  readonly patches: readonly string[];
}

/** A task that sleeps in the body that a livepatch gave function 1. */
export interface Sleeper {
  readonly patch: string;
  /** A BPF trampoline called the body, and the kernel does not know its frames, so the task's stack is unreliable: stack_trace_save_tsk_reliable(). */
  readonly unreliable: boolean;
}

/** The state to which the transition of a livepatch leads: klp_target_state. */
export type Target = 'patched' | 'unpatched';

export interface Livepatch {
  readonly patches: readonly Patch[];
  readonly stacks: readonly Stack[];
  /** The livepatch that is being enabled or disabled: klp_transition_patch. */
  readonly current: Patch | null;
  readonly target: Target;
  /** Names of the livepatches that leave their functions now. */
  readonly leaving: readonly string[];
  /** Names of the livepatches whose modules stay in memory after a force: `forced` of struct klp_patch. */
  readonly forced: readonly string[];
  readonly sleeper: Sleeper | null;
  /** A task that goes to sleep asks bpf which image calls the function. */
  readonly asksBpf: boolean;
  readonly unwindsBpf: boolean;
  readonly fillsFreedCode: boolean;
  /** The errno of an enable that failed, or of a module that is refused; else 0. */
  readonly errno: number;
  /** Functions of a module that is not loaded. Livepatches wait for it on their stacks, without an ops. */
  readonly absent: readonly number[];
}

export const stackOf = ({ stacks }: Livepatch, record: number): readonly string[] =>
  stacks.find((stack) => stack.record === record)?.patches ?? [];

/** Whether the livepatch only keeps the original body of the function, while it replaces others: klp_add_nops(). */
export const isNop = ({ patches }: Livepatch, name: string, record: number): boolean =>
  patches.some((patch) => patch.name === name && !patch.functions.includes(record));

/** The functions that the current livepatch patches, then those of the livepatches that it replaces. */
export const functionsOf = ({ current, stacks }: Livepatch): readonly number[] => {
  if (current === null) return [];
  const { functions, replace } = current;
  const others = stacks.filter(({ patches }) => patches.length > 0).map(({ record }) => record);
  return replace
    ? [...functions, ...others.filter((record) => !functions.includes(record))]
    : functions;
};

/** Whether the livepatch leaves the function now. A replacement leaves the functions that it only keeps original. */
export const leaves = (livepatch: Livepatch, name: string, record: number): boolean =>
  livepatch.leaving.includes(name) ||
  (livepatch.leaving.length > 0 && isNop(livepatch, name, record));

/**
 * The livepatch whose body a task runs; undefined for the original body. All tasks but the sleeper have switched to the
 * target of a transition. klp_ftrace_handler() looks only at the newest livepatch of a function.
 */
export function runs(livepatch: Livepatch, record: number): string | undefined {
  const { current, target } = livepatch;
  const [newest, next] = stackOf(livepatch, record);
  const name = newest === current?.name && target === 'unpatched' ? next : newest;
  return name === undefined || isNop(livepatch, name, record) ? undefined : name;
}

/**
 * Whether klp_check_stack_func() finds the sleeper in a function that the transition changes: when it patches, in the
 * body below the new one; when it unpatches, in its own.
 */
export function sleepsInChanged(livepatch: Livepatch): boolean {
  const { current, target, sleeper } = livepatch;
  if (current === null || sleeper === null) return false;
  if (target === 'unpatched') return sleeper.patch === current.name;
  return functionsOf(livepatch).some((record) => {
    const patches = stackOf(livepatch, record);
    return patches[patches.indexOf(current.name) + 1] === sleeper.patch;
  });
}

/** Whether klp_try_complete_transition() leaves the sleeper as it is. */
export const holdsUp = (livepatch: Livepatch): boolean =>
  livepatch.sleeper?.unreliable === true || sleepsInChanged(livepatch);

/**
 * Whether klp_check_stack_func() looks for the body below the current livepatch where there is none. It expects that a
 * livepatch which is being enabled is the newest of its functions. One whose disabling is reversed can be the oldest,
 * below others; then list_next_entry() returns the head of func_stack, and the address and the size of the body are read
 * from memory around struct klp_ops.
 */
export const readsOutside = (livepatch: Livepatch): boolean =>
  livepatch.current?.functions.some((record) => {
    const patches = stackOf(livepatch, record);
    return patches.length > 1 && patches.at(-1) === livepatch.current!.name;
  }) === true;

/** Whether livepatch refuses the action without a call of ftrace. */
export function refuses(
  { current, target, forced }: Livepatch,
  action: string,
  patch: string,
): boolean {
  const isCurrent = current?.name === patch;
  switch (action) {
    case 'enable':
      return current !== null || forced.includes(patch);
    case 'disable':
      return current !== null && !(isCurrent && target === 'patched');
    case 're-enable':
      return !(isCurrent && target === 'unpatched');
    case 'force':
      return !isCurrent;
    default:
      return false;
  }
}
