/** A file of a folder of reproducers. */
export interface ReproducerFile {
  readonly name: string;
  readonly text: string;
}

/** An action in shell commands. */
export interface ShellAction {
  readonly description: string;
  readonly commands: readonly string[];
}

/** What a client contributes to shell scripts that do without recwalk. An actor is a program, a probe or a module. */
export interface ClientReproducer {
  /** Its actors, in the order in which outcomes name them. */
  readonly actors: readonly string[];
  /**
   * The actions on an actor: the first half adds it, step by step; the second half removes it. `scope` has the numbers of
   * the path's scope.
   */
  actions(actor: string, scope: Readonly<Record<string, number>>): readonly ShellAction[];
  /** A shell command that prints how often the actor `$1` was hit; undefined if nothing counts it. */
  hits?(actor: string): string | undefined;
  /** Groups of actors, each side by side, that outcomes name in the order in which they ran. */
  takingTurns?(actors: readonly string[]): readonly (readonly string[])[];
  /** A shell command that prints when such an actor ran last, as a number. */
  turn?(actor: string): string;
  /** Kernel modules in C that some of its actors need. */
  modules?(
    actors: readonly string[],
    scope: Readonly<Record<string, number>>,
  ): readonly ReproducerFile[];
  /** BPF programs in C that some of its actors need. */
  programs?(actors: readonly string[]): readonly ReproducerFile[];
  /**
   * Names of its trampolines in outcomes, each with the shell pattern for its line in enabled_functions: `direct-->`, or
   * `direct(jmp)-->` from 7.0 on.
   */
  readonly trampolines?: readonly { readonly name: string; readonly pattern: string }[];
  /** Further requirements of its actors: shell commands that skip the script. */
  requirements?(actors: readonly string[]): readonly string[];
  /** Shell functions that its actions call. */
  functions?(actors: readonly string[], scope: Readonly<Record<string, number>>): readonly string[];
  /** A shell command that prints `; NAME: STATE` for each fact about the client itself; undefined for none. */
  notes?(scope: Readonly<Record<string, number>>): string | undefined;
}
