import type { Features } from './features.js';

/** One line about each feature, with the commit that changed it, if there is one. */
export const featureDocs: { readonly [K in keyof Features]: string } = {
  directSetsIpmodify: 'which direct ops also have IPMODIFY',
  ipmodifyMeetsDirect:
    'when a call asks owners (PEER) about an IPMODIFY ops (53cd885bc5c3: before)',
  ipmodifyMeetsIpmodify: 'the effect of a second IPMODIFY ops on a record',
  directMeetsIpmodify: 'the effect of a direct ops on an IPMODIFY record (53cd885bc5c3: asks)',
  notifiesOnUnregister: 'unregister of an IPMODIFY ops sends owners DISABLE (53cd885bc5c3)',
  asksOnModify: 'modify asks the owner (SELF) about every IPMODIFY record (3e9a18e1c3e9)',
  failedRegisterLeavesStaleFunc:
    'a register of a direct ops that fails late cannot be repeated (fixed by 56b3c85e153b)',
  failedRegisterLeavesEntries: 'a register of a direct ops that fails late leaves table entries',
  unregisterReadsFilterFirst:
    'unregister of a direct ops that was never initialized reads through a NULL pointer',
  directFlags: 'a register of a direct ops assigns its flags, or adds to those of its caller',
  trampolineSource: 'the source of the trampoline to call where other ops share the record',
  notraceUpdate: 'which records a change of notrace entries detaches and attaches',
  directHashApi: 'BPF has one direct ops with a trampoline for each record (05dc5e9c1fe1)',
  askGranularity: 'the unit that an owner answers for: its ops, or one record (956747efd82a)',
  checksBeforeAsking: 'ftrace checks the record before it asks the owner',
  asksOnGrowth: 'a filter change of a live IPMODIFY ops asks owners',
  notifiesOnShrink: 'a filter change of a live IPMODIFY ops sends owners DISABLE',
  notifiesOnFailure: 'a call that fails sends DISABLE to the owners that agreed',
  notifiesOnRegister: 'register sends DISABLE to an owner that shares with no ops',
  notifiesAfterLastOnly: 'only the removal of the last IPMODIFY sends owners DISABLE',
  recountIncludesLeaving: 'a record keeps R because of the ops that leaves it',
  unregisterKeepsDirectMutex:
    'unregister of an IPMODIFY ops holds direct_mutex until owners were sent DISABLE',
  waitsForOwners: 'a call waits for an owner whose lock is held, and asks again',
  refusesSysctlOff: 'a write of 0 to ftrace_enabled is refused',
};
