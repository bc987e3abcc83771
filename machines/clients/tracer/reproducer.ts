import type { ClientReproducer } from '../reproducer.js';

const BOTH = "printf 'cmdline_proc_show\\nversion_proc_show\\n'";

const INSTANCE_3 = '$tracing/instances/recwalk3';

const COMMANDS: Readonly<Record<string, { folder: string; filter?: string; name: string }>> = {
  tracer: { folder: '$tracing', filter: BOTH, name: 'function' },
  graph: { folder: '$tracing', filter: BOTH, name: 'function_graph' },
  instance: {
    folder: '$tracing/instances/recwalk',
    filter: 'echo cmdline_proc_show',
    name: 'function',
  },
  tracer3: { folder: INSTANCE_3, name: 'function' },
};

const HITS: Readonly<Record<string, string>> = {
  tracer: "grep -c ' <-' $tracing/trace",
  graph: "grep -c '_proc_show()' $tracing/trace",
  instance: "grep -c ' <-' $tracing/instances/recwalk/trace 2> /dev/null",
  tracer3: `grep -c ' <-' ${INSTANCE_3}/trace`,
};

export const reproducer: ClientReproducer = {
  actors: ['tracer', 'graph', 'instance', 'tracer3'],
  actions: (actor) => {
    const { folder, filter, name } = COMMANDS[actor]!;
    return [
      {
        description: `start ${actor}`,
        commands: [
          ...(actor === 'instance' ? [`mkdir -p ${folder} &&`] : []),
          ...(filter === undefined
            ? []
            : [`${actor === 'instance' ? '\t' : ''}${filter} > ${folder}/set_ftrace_filter &&`]),
          `${filter === undefined ? '' : '\t'}echo ${name} > ${folder}/current_tracer`,
        ],
      },
      {
        description: `stop ${actor}`,
        commands: [
          `echo nop > ${folder}/current_tracer${filter === undefined ? '' : ' &&'}`,
          ...(filter === undefined ? [] : [`\techo > ${folder}/set_ftrace_filter`]),
        ],
      },
    ];
  },
  hits: (actor) => HITS[actor],
  /** tracer3 traces all functions that are not there before the first step. */
  requirements: (actors) =>
    actors.includes('tracer3')
      ? [
          `mkdir -p ${INSTANCE_3} && echo '*' > ${INSTANCE_3}/set_ftrace_notrace || skip "no third trace instance"`,
        ]
      : [],
};
