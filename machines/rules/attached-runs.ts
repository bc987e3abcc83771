import type { Rule } from '../../src/model/network.js';
import { each, type World } from '../world.js';

export const rule: Rule<World> = {
  id: 'attached-runs',
  description:
    'While ftrace lives and ftrace_enabled is not 0, whatever is attached to a function takes effect when it is called: trampoline, new body, tracer.',
  source:
    'what every caller of register takes for granted; commits a8b9cf62ade1, bdbddb109c75; ftrace_enabled in Documentation/trace/ftrace.rst',
  ...each('records', (world, record) => {
    if (world.over || world.off || world.ops.every((o) => !o.on(record.number))) return true;
    const ran = world.ran(record);
    return world.ops.every(
      (o) =>
        !o.on(record.number) ||
        ran.some((part) => part === o.name || part.startsWith(`${o.name}.`)),
    );
  }),
};
