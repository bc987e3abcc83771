/** A line of Debian kernels, for example 7.3: the packages of its newest version, and the compiler of its modules. */
export interface KernelLine {
  /** The packages and their suite, for people. */
  readonly description: string;
  /** The Debian release with the compiler and the libraries that the headers were made for. */
  readonly release: string;
  /** The suite of the packages, if a machine of that release may be without it; default: its own suites. */
  readonly suite?: string;
  /**
   * The packages of the newest version. A name with `*` stands for the version, and the newest one there is counts;
   * a name without is a metapackage that depends on the newest version.
   */
  readonly packages: { readonly image: string; readonly headers: string };
  /** The bzImage in the unpacked packages; `*` stands for the release of the kernel. */
  readonly image: string;
  /** The compiler that the headers require. */
  readonly compiler: string;
}
