import { createMachine } from 'xstate';
import { id } from '../lib/names';
import './panel.css';

export default createMachine({
  id: `${id} in JavaScript`,
  initial: 'shut',
  states: { shut: { on: { open: 'open' } }, open: { on: { close: 'shut' } } },
});
