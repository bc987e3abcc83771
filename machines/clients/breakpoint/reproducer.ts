import type { ClientReproducer } from '../reproducer.js';

export const reproducer: ClientReproducer = {
  actors: ['M'],
  actions: () => [
    {
      description: 'register kprobe M',
      commands: [
        '# The entry is endbr64 (4 bytes, where the kernel has IBT) and the call of __fentry__ (5 bytes).',
        'for offset in 9 5; do echo p:M cmdline_proc_show+$offset >> $tracing/kprobe_events && break; done &&',
        '\techo 1 > $tracing/events/kprobes/M/enable',
      ],
    },
    {
      description: 'unregister kprobe M',
      commands: [
        'echo 0 > $tracing/events/kprobes/M/enable &&',
        "\techo '-:M' >> $tracing/kprobe_events",
      ],
    },
  ],
  hits: () =>
    `awk -v name=$1 '$1 == name { hits = $2 } END { print hits + 0 }' $tracing/kprobe_profile`,
};
