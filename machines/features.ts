/**
 * The features in which designs differ. Everything else is the same in all designs and modelled once, in ftrace.ts.
 * The base is the kernel's own code around the sharing rules.
 */
export interface Features {
  /** The direct ops that also carry IPMODIFY. */
  readonly directSetsIpmodify: 'never' | 'if its owner refuses' | 'always';
  /**
   * When ftrace sends PEER to the owner of a direct ops that an IPMODIFY ops meets:
   * - `before`: for every record of the filter, before any change, and only in register
   *   (prepare_direct_functions_for_ipmodify());
   * - `on the record`: when the walk reaches a record that is DIRECT and not IPMODIFY, in register and in filter
   *   changes (the mail in rfcMail.ts).
   */
  readonly ipmodifyMeetsDirect: 'before' | 'on the record';
  /** When an IPMODIFY ops meets an IPMODIFY record, the call fails, or a walk over all ops finds the ops that set the flag. */
  readonly ipmodifyMeetsIpmodify: 'fails' | 'asks whose it is';
  /**
   * When a direct ops meets an IPMODIFY record, ftrace sends SELF to its owner, or lets the ops join, or requires the
   * flag SHARE_IPMODIFY of the ops and otherwise returns -EAGAIN.
   */
  readonly directMeetsIpmodify: 'asks' | 'joins' | 'needs SHARE';
  /** Owners are sent DISABLE after an IPMODIFY ops was unregistered. */
  readonly notifiesOnUnregister: boolean;
  /** modify sends SELF to the owner again, for every IPMODIFY record. */
  readonly asksOnModify: boolean;
  /** A register of a direct ops that fails late leaves func and trampoline set, so the next one returns -EINVAL. */
  readonly failedRegisterLeavesStaleFunc: boolean;
  /** A register of a direct ops that fails late leaves its entries in the table of direct functions. */
  readonly failedRegisterLeavesEntries: boolean;
  /** unregister of a direct ops reads the pointer to its filter before it checks that the ops was initialized. */
  readonly unregisterReadsFilterFirst: boolean;
  /** A register as a direct ops assigns the flags of the ops, or adds its own to those that the caller set. */
  readonly directFlags: 'assigned' | 'added';
  /** Source of the trampoline to call where other ops share the record: each ops, the table, or none. */
  readonly trampolineSource: 'ops' | 'table' | 'nobody';
  /** A change of an ops' notrace entries detaches and attaches all its records, or only those that differ. */
  readonly notraceUpdate: 'all' | 'the difference';
  /**
   * BPF trampolines share one direct ops with a trampoline for each record, which update_ftrace_direct_add(), _del()
   * and _mod() attach, detach and switch. Every other direct ops has one trampoline, as without the feature.
   */
  readonly directHashApi: boolean;
  /** The unit that an owner's answer covers: the whole ops, or one record of it, which the callback names. */
  readonly askGranularity: 'ops' | 'record';
  /** ftrace checks the record before it sends PEER: IPMODIFY fails the call, and without DIRECT it sends nothing. */
  readonly checksBeforeAsking: boolean;
  /** A filter change of a live IPMODIFY ops sends PEER to the owners of the records that it adds. */
  readonly asksOnGrowth: boolean;
  /** A filter change of a live IPMODIFY ops sends DISABLE to the owners of the records that it removes. */
  readonly notifiesOnShrink: boolean;
  /** A call that fails after owners agreed to PEER sends them DISABLE. */
  readonly notifiesOnFailure: boolean;
  /** The owner of a direct ops is sent DISABLE if the ops was registered where no IPMODIFY is. */
  readonly notifiesOnRegister: boolean;
  /** An owner is sent DISABLE only when no IPMODIFY is left on any record of its ops. */
  readonly notifiesAfterLastOnly: boolean;
  /** A record that leaves a filter keeps R if the leaving ops itself counts as one that needs registers there. */
  readonly recountIncludesLeaving: boolean;
  /**
   * unregister of an IPMODIFY ops holds direct_mutex from before it leaves its functions until the owners were sent
   * DISABLE. Only other callers can tell.
   */
  readonly unregisterKeepsDirectMutex: boolean;
  /**
   * Where the owner of a direct ops answers -EAGAIN to PEER or DISABLE because its lock is held, the call releases
   * direct_mutex, and sends the command again later. Only other callers can tell.
   */
  readonly waitsForOwners: boolean;
  /** A write of 0 to ftrace_enabled returns -EOPNOTSUPP and has no effect. */
  readonly refusesSysctlOff: boolean;
}

/** The features that designs since the mail in rfcMail.ts have in common. */
export const plain: Features = {
  directSetsIpmodify: 'never',
  ipmodifyMeetsDirect: 'on the record',
  ipmodifyMeetsIpmodify: 'fails',
  directMeetsIpmodify: 'joins',
  notifiesOnUnregister: false,
  asksOnModify: false,
  failedRegisterLeavesStaleFunc: false,
  failedRegisterLeavesEntries: false,
  unregisterReadsFilterFirst: false,
  directFlags: 'assigned',
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
  unregisterKeepsDirectMutex: false,
  waitsForOwners: false,
  refusesSysctlOff: false,
};
