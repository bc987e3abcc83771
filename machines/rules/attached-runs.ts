import type { Rule } from '../../src/model/network.js';
import { each, type World } from '../world.js';

export const rule: Rule<World> = {
  id: 'attached-runs',
  description:
    'While ftrace lives and ftrace_enabled is not 0, a call of a function runs everything attached to it: trampoline, new body, tracer.',
  source:
    'taken for granted by every caller of register; commits a8b9cf62ade1, bdbddb109c75; ftrace_enabled in Documentation/trace/ftrace.rst',
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
