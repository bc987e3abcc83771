/**
 * In what designs differ. Everything else is the same in all of them and written once, in
 * ftrace.ts. The base is the kernel's own code around the sharing rules.
 */
export interface Switches {
  /** Which direct ops carry IPMODIFY too. */
  readonly directSetsIpmodify: 'never' | 'if its owner refuses' | 'always';
  /**
   * When an IPMODIFY ops meets a direct one, its owner is asked
   * - `before`: for every record of the filter, before anything is changed, and only by register
   *   (prepare_direct_functions_for_ipmodify());
   * - `on the record`: when the walk comes to a record that is DIRECT and not IPMODIFY, whoever
   *   started the walk, register or a filter change (the seed mail).
   */
  readonly ipmodifyMeetsDirect: 'before' | 'on the record';
  /** When an IPMODIFY ops meets an IPMODIFY record: it fails, or all ops are walked to find out whose flag that is. */
  readonly ipmodifyMeetsIpmodify: 'fails' | 'asks whose it is';
  /**
   * When a direct ops meets an IPMODIFY record: its owner is asked (SELF), or it just joins, or it
   * must carry the flag SHARE_IPMODIFY, else -EAGAIN.
   */
  readonly directMeetsIpmodify: 'asks' | 'joins' | 'needs SHARE';
  /** Owners are told when an IPMODIFY ops was unregistered (DISABLE). */
  readonly tellsOnUnregister: boolean;
  /** modify asks the owner again (SELF) for every IPMODIFY record. */
  readonly modifyAsks: boolean;
  /** A register of a direct ops that fails late leaves func and trampoline set: the next one is -EINVAL. */
  readonly failedRegisterSpoils: boolean;
  /** A register of a direct ops that fails late leaves its entries in the table of direct functions. */
  readonly failedRegisterLeavesEntries: boolean;
  /** Where other ops are on the record, who says which trampoline is called: each ops, the table, or nobody. */
  readonly calleeFrom: 'ops' | 'table' | 'nobody';
  /** A change of an ops' notrace entries detaches and attaches all its records, or only those that differ. */
  readonly notraceMoves: 'all' | 'the difference';
  /**
   * The filter of a direct ops and the table of direct functions change together, record by record
   * (update_ftrace_direct_add(), _del(), _mod()), and each record has a trampoline of its own.
   */
  readonly filterIsTable: boolean;
  /** For whom an owner answers: the whole ops, or one record of it, named in the question. */
  readonly consentPer: 'ops' | 'record';
  /** Before an owner is asked, the record is looked at: IPMODIFY fails, and not DIRECT asks nobody. */
  readonly looksBeforeAsking: boolean;
  /** A filter change of a live IPMODIFY ops asks the owners (PEER) of what it comes to. */
  readonly growthAsks: boolean;
  /** A filter change of a live IPMODIFY ops tells the owners (DISABLE) of what it leaves. */
  readonly shrinkTells: boolean;
  /** When the call fails after owners agreed (PEER), they are told (DISABLE). */
  readonly failureTells: boolean;
  /** The owner of a direct ops is told (DISABLE) when it was registered where no IPMODIFY is. */
  readonly registerTells: boolean;
  /** An owner is told only when no IPMODIFY is left on any record of its ops. */
  readonly tellsLastOnly: boolean;
  /** A record that leaves a filter keeps R if the ops that leaves it is found to need registers there. */
  readonly leaverKeepsRegs: boolean;
}

/** What designs since the seed mail have in common. */
export const plain: Switches = {
  directSetsIpmodify: 'never',
  ipmodifyMeetsDirect: 'on the record',
  ipmodifyMeetsIpmodify: 'fails',
  directMeetsIpmodify: 'joins',
  tellsOnUnregister: false,
  modifyAsks: false,
  failedRegisterSpoils: false,
  failedRegisterLeavesEntries: false,
  calleeFrom: 'table',
  notraceMoves: 'the difference',
  filterIsTable: false,
  consentPer: 'ops',
  looksBeforeAsking: false,
  growthAsks: false,
  shrinkTells: false,
  failureTells: false,
  registerTells: false,
  tellsLastOnly: false,
  leaverKeepsRegs: true,
};
