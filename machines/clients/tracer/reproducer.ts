import type { ClientReproducer } from '../reproducer.js';

const BOTH = "printf 'cmdline_proc_show\\nversion_proc_show\\n'";

const COMMANDS: Readonly<Record<string, { folder: string; filter: string; name: string }>> = {
  tracer: { folder: '$tracing', filter: BOTH, name: 'function' },
  graph: { folder: '$tracing', filter: BOTH, name: 'function_graph' },
  instance: {
    folder: '$tracing/instances/recwalk',
    filter: 'echo cmdline_proc_show',
    name: 'function',
  },
};

const HITS: Readonly<Record<string, string>> = {
  tracer: "grep -c ' <-' $tracing/trace",
  graph: "grep -c '_proc_show()' $tracing/trace",
  instance: "grep -c ' <-' $tracing/instances/recwalk/trace 2> /dev/null",
};

export const reproducer: ClientReproducer = {
  actors: ['tracer', 'graph', 'instance'],
  actions: (actor) => {
    const { folder, filter, name } = COMMANDS[actor]!;
    return [
      {
        description: `start ${actor}`,
        commands: [
          ...(actor === 'instance' ? [`mkdir -p ${folder} &&`] : []),
          `${actor === 'instance' ? '\t' : ''}${filter} > ${folder}/set_ftrace_filter &&`,
          `\techo ${name} > ${folder}/current_tracer`,
        ],
      },
      {
        description: `stop ${actor}`,
        commands: [
          `echo nop > ${folder}/current_tracer &&`,
          `\techo > ${folder}/set_ftrace_filter`,
        ],
      },
    ];
  },
  hits: (actor) => HITS[actor],
};
