const { createMachine } = require('xstate');

/** A machine in a CommonJS module. */
module.exports = createMachine({
  id: 'gate',
  initial: 'shut',
  states: { shut: { on: { coin: 'open' } }, open: { on: { pass: 'shut' } } },
});
