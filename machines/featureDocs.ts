import type { Features } from './features.js';

/** One line about each feature, with the commit that changed it, if there is one. */
export const featureDocs: { readonly [K in keyof Features]: string } = {
  directSetsIpmodify: 'which direct ops carry IPMODIFY too',
  ipmodifyMeetsDirect: 'when owners are asked (PEER) for an IPMODIFY ops (53cd885bc5c3: before)',
  ipmodifyMeetsIpmodify: 'what a second IPMODIFY ops on a record comes to',
  directMeetsIpmodify: 'what a direct ops on an IPMODIFY record comes to (53cd885bc5c3: asks)',
  notifiesOnUnregister: 'owners are told (DISABLE) that an IPMODIFY ops went (53cd885bc5c3)',
  asksOnModify: 'modify asks the owner (SELF) about every IPMODIFY record (3e9a18e1c3e9)',
  failedRegisterLeavesStaleFunc:
    'a register of a direct ops that fails late cannot be made again (fixed by 56b3c85e153b)',
  failedRegisterLeavesEntries: 'a register of a direct ops that fails late leaves table entries',
  trampolineSource: 'who says which trampoline is called where others are on the record',
  notraceUpdate: 'which records a change of notrace entries detaches and attaches',
  directHashApi: 'filter and table of direct functions change together (05dc5e9c1fe1)',
  askGranularity: 'for whom an owner answers: its ops, or one record (956747efd82a)',
  checksBeforeAsking: 'the record is looked at before its owner is asked',
  asksOnGrowth: 'a filter change of a live IPMODIFY ops asks owners',
  notifiesOnShrink: 'a filter change of a live IPMODIFY ops tells owners',
  notifiesOnFailure: 'owners that agreed are told when the call fails',
  notifiesOnRegister: 'an owner is told when it shares with nobody after register',
  notifiesAfterLastOnly: 'owners are told only when the last IPMODIFY is gone',
  recountIncludesLeaving: 'a record keeps R because of the ops that leaves it',
};
