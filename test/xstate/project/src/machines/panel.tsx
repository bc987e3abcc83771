import { assign, setup } from 'xstate';
import limits from '#limits';
import { id } from '@/lib/names';
import './panel.css';
import picture from './panel.png';

export const Panel = () => <img src={picture} alt="a panel" />;

/** A panel beside its machine, as a bundler loads it. */
export default setup({
  types: {} as { context: { opened: number } },
  guards: { 'may open': ({ context }) => context.opened < limits.most },
  actions: { count: assign({ opened: ({ context }) => context.opened + 1 }) },
}).createMachine({
  id,
  context: { opened: 0 },
  initial: 'shut',
  states: {
    shut: { on: { open: [{ guard: 'may open', target: 'open', actions: 'count' }, {}] } },
    open: { on: { close: 'shut' } },
  },
});
