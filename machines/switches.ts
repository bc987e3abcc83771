/**
 * In what designs differ. Everything else is the same in all of them and written once, in
 * ftrace.ts. The base is the kernel's own code around the sharing rules.
 */
export interface Switches {
  /** Every direct ops carries IPMODIFY too, and so neither shares a record nor is asked. */
  readonly directSetsIpmodify: boolean;
  /**
   * When an IPMODIFY ops meets a direct one, its owner is asked
   * - `before`: for every record of the filter, before anything is changed, and only by register
   *   (prepare_direct_functions_for_ipmodify());
   * - `on the record`: when the walk comes to a record that is DIRECT and not IPMODIFY, whoever
   *   started the walk, register or a filter change (the seed mail).
   */
  readonly ipmodifyMeetsDirect: 'before' | 'on the record';
  /** When a direct ops meets an IPMODIFY record: its owner is asked (SELF), or it just joins. */
  readonly directMeetsIpmodify: 'asks' | 'joins';
  /** Owners are told when an IPMODIFY ops was unregistered (DISABLE). */
  readonly tellsOnUnregister: boolean;
  /** modify asks the owner again (SELF) for every IPMODIFY record. */
  readonly modifyAsks: boolean;
  /** A register of a direct ops that fails late leaves func and trampoline set: the next one is -EINVAL. */
  readonly failedRegisterSpoils: boolean;
  /** Where other ops are on the record, who says which trampoline is called: each ops, or the table. */
  readonly calleeFrom: 'ops' | 'table';
}
