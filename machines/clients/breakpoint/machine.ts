import { emit, setup } from 'xstate';

/** A kprobe in the middle of a function: int3, or an optimized jump. The core makes no call of ftrace for it. */
export const breakpoint = setup({
  types: { events: {} as { type: 'insert' | 'take out' } },
  actions: { 'say done': emit({ type: 'returns', errno: 0 }) },
}).createMachine({
  id: 'breakpoint',
  initial: 'out',
  states: {
    out: { on: { insert: { target: 'in', actions: 'say done' } } },
    in: { on: { 'take out': { target: 'out', actions: 'say done' } } },
  },
});
