import type { ClientReproducer } from '../reproducer.js';

export const reproducer: ClientReproducer = {
  actors: ['tracer'],
  actions: () => [
    {
      description: 'start tracer',
      commands: [
        "printf 'cmdline_proc_show\\nversion_proc_show\\n' > $tracing/set_ftrace_filter &&",
        '\techo function > $tracing/current_tracer',
      ],
    },
    {
      description: 'stop tracer',
      commands: ['echo nop > $tracing/current_tracer &&', '\techo > $tracing/set_ftrace_filter'],
    },
  ],
  hits: () => "grep -c ' <-' $tracing/trace",
};
