import { recordsOf } from '../../scopes.js';
import type { CallType } from '../call.js';
import { instance, shellFunction } from '../reproducer.js';

/** ftrace_set_notrace(): excludes the first record, or none. */
export const notrace: CallType = {
  description: 'excludes the first record by a notrace entry, or none',
  stimuli({ name }, scope) {
    if (scope.notrace === 0) return [];
    const first = recordsOf(scope)[0] ?? 0;
    return [
      {
        description: `notrace ${name} ${first}`,
        to: name,
        message: { type: 'notrace', records: [first] },
      },
      { description: `notrace ${name} none`, to: name, message: { type: 'notrace', records: [] } },
    ];
  },
  requests: {
    notrace: (call, _, event) => ({
      ...call,
      request: 'renotrace',
      hiding: 'records' in event ? event.records : [],
    }),
  },
  reproducer: {
    c: ({ ops: { name }, records: [record] }) =>
      record === undefined
        ? `ftrace_set_notrace(&${name}, NULL, 0, 1)`
        : `add_notrace(&${name}, ${record})`,
    helper: (
      skip,
    ) => `/* The kernel takes notrace entries by name, and modifies the name while it parses it. */
static notrace int add_notrace(struct ftrace_ops *ops, int number)
{
	char name[16];

	scnprintf(name, sizeof(name), "record_%d", number${skip});
	return ftrace_set_notrace(ops, name, strlen(name), 0);
}
`,
    notInShell: ({ ops }) => (ops?.kind === 'regs' ? 'a kprobe has no notrace entries' : undefined),
    shell: ({ ops, records: [record] }) => [
      record === undefined
        ? `echo > ${instance(ops)}/set_ftrace_notrace`
        : `echo ${shellFunction(record)} >> ${instance(ops)}/set_ftrace_notrace`,
    ],
  },
};
