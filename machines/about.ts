import type { Switches } from './switches.js';

/** What each switch is about, and the commit that turned it, where one did. */
export const about: { readonly [K in keyof Switches]: string } = {
  directSetsIpmodify: 'which direct ops carry IPMODIFY too',
  ipmodifyMeetsDirect: 'when owners are asked (PEER) for an IPMODIFY ops (53cd885bc5c3: before)',
  ipmodifyMeetsIpmodify: 'what a second IPMODIFY ops on a record comes to',
  directMeetsIpmodify: 'what a direct ops on an IPMODIFY record comes to (53cd885bc5c3: asks)',
  tellsOnUnregister: 'owners are told (DISABLE) that an IPMODIFY ops went (53cd885bc5c3)',
  modifyAsks: 'modify asks the owner (SELF) about every IPMODIFY record (3e9a18e1c3e9)',
  failedRegisterSpoils:
    'a register of a direct ops that fails late cannot be made again (mended by 56b3c85e153b)',
  failedRegisterLeavesEntries: 'a register of a direct ops that fails late leaves table entries',
  calleeFrom: 'who says which trampoline is called where others are on the record',
  notraceMoves: 'which records a change of notrace entries detaches and attaches',
  filterIsTable: 'filter and table of direct functions change together (05dc5e9c1fe1)',
  consentPer: 'for whom an owner answers: its ops, or one record (956747efd82a)',
  looksBeforeAsking: 'the record is looked at before its owner is asked',
  growthAsks: 'a filter change of a live IPMODIFY ops asks owners',
  shrinkTells: 'a filter change of a live IPMODIFY ops tells owners',
  failureTells: 'owners that agreed are told when the call fails',
  registerTells: 'an owner is told when it shares with nobody after register',
  tellsLastOnly: 'owners are told only when the last IPMODIFY is gone',
  leaverKeepsRegs: 'a record keeps R because of the ops that leaves it',
};
