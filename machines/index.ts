import type { AnyStateMachine } from 'xstate';
import { caller } from './caller.js';
import { ftrace } from './ftrace.js';
import { kprobes } from './kprobes.js';
import { list } from './list.js';
import { ops } from './ops.js';
import { bpf } from './owners/bpf.js';
import { moving } from './owners/moving.js';
import { positive } from './owners/positive.js';
import { refusing } from './owners/refusing.js';
import { willing } from './owners/willing.js';
import { record } from './record.js';
import { slot } from './slot.js';

/** The machines that every design is made of. */
export const machines: Readonly<
  Record<string, { readonly machine: AnyStateMachine; readonly says: string }>
> = {
  record: {
    machine: record,
    says: 'one function: free, direct, ipmodify, direct+ipmodify; its count, REGS and text',
  },
  ops: { machine: ops, says: 'one ftrace_ops: idle or enabled, and its filter' },
  ftrace: { machine: ftrace, says: 'one call after the other, under the locks' },
  list: { machine: list, says: 'ftrace_ops_list, as far as its order decides anything' },
  slot: { machine: slot, says: "a function's place in the table of direct functions" },
  willing: { machine: willing, says: 'an owner that always agrees' },
  refusing: { machine: refusing, says: 'an owner that always refuses' },
  bpf: { machine: bpf, says: 'an owner like the BPF trampoline: -EAGAIN once, then yes' },
  positive: { machine: positive, says: 'an owner that answers 1, which is neither yes nor no' },
  moving: {
    machine: moving,
    says: 'an owner that changes the filter of its own ops while it is asked',
  },
  kprobes: {
    machine: kprobes,
    says: 'kprobes of one function, armed and disarmed with one of two ops',
  },
  caller: { machine: caller, says: 'the one caller, who keeps so many ops in use at a time' },
};
