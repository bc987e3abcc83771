/**
 * In what designs differ. Everything else is the same in all of them and written once, in
 * ftrace.ts. The base is the kernel's own code around the sharing rules.
 */
export interface Features {
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
  readonly notifiesOnUnregister: boolean;
  /** modify asks the owner again (SELF) for every IPMODIFY record. */
  readonly asksOnModify: boolean;
  /** A register of a direct ops that fails late leaves func and trampoline set: the next one is -EINVAL. */
  readonly failedRegisterLeavesStaleFunc: boolean;
  /** A register of a direct ops that fails late leaves its entries in the table of direct functions. */
  readonly failedRegisterLeavesEntries: boolean;
  /** Where other ops are on the record, who says which trampoline is called: each ops, the table, or nobody. */
  readonly trampolineSource: 'ops' | 'table' | 'nobody';
  /** A change of an ops' notrace entries detaches and attaches all its records, or only those that differ. */
  readonly notraceUpdate: 'all' | 'the difference';
  /**
   * The filter of a direct ops and the table of direct functions change together, record by record
   * (update_ftrace_direct_add(), _del(), _mod()), and each record has a trampoline of its own.
   */
  readonly directHashApi: boolean;
  /** For whom an owner answers: the whole ops, or one record of it, named in the question. */
  readonly askGranularity: 'ops' | 'record';
  /** Before an owner is asked, the record is looked at: IPMODIFY fails, and not DIRECT asks nobody. */
  readonly checksBeforeAsking: boolean;
  /** A filter change of a live IPMODIFY ops asks the owners (PEER) of what it comes to. */
  readonly asksOnGrowth: boolean;
  /** A filter change of a live IPMODIFY ops tells the owners (DISABLE) of what it leaves. */
  readonly notifiesOnShrink: boolean;
  /** When the call fails after owners agreed (PEER), they are told (DISABLE). */
  readonly notifiesOnFailure: boolean;
  /** The owner of a direct ops is told (DISABLE) when it was registered where no IPMODIFY is. */
  readonly notifiesOnRegister: boolean;
  /** An owner is told only when no IPMODIFY is left on any record of its ops. */
  readonly notifiesAfterLastOnly: boolean;
  /** A record that leaves a filter keeps R if the ops that leaves it is found to need registers there. */
  readonly recountIncludesLeaving: boolean;
}

/** What designs since the seed mail have in common. */
export const plain: Features = {
  directSetsIpmodify: 'never',
  ipmodifyMeetsDirect: 'on the record',
  ipmodifyMeetsIpmodify: 'fails',
  directMeetsIpmodify: 'joins',
  notifiesOnUnregister: false,
  asksOnModify: false,
  failedRegisterLeavesStaleFunc: false,
  failedRegisterLeavesEntries: false,
  trampolineSource: 'table',
  notraceUpdate: 'the difference',
  directHashApi: false,
  askGranularity: 'ops',
  checksBeforeAsking: false,
  asksOnGrowth: false,
  notifiesOnShrink: false,
  notifiesOnFailure: false,
  notifiesOnRegister: false,
  notifiesAfterLastOnly: false,
  recountIncludesLeaving: true,
};
