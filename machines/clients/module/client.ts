import { type ClientView, defineClient, type Numbers } from '../client.js';
import { module as machine } from './machine.js';
import { reproducer } from './reproducer.js';

type Users = 'module' | 'livepatch3' | 'kprobe3' | 'post3' | 'event3';

export const module = defineClient<'module', ClientView>({
  name: 'module',
  description: 'a module with a function of its own, which is loaded and unloaded',
  scope: {
    module: {
      most: 1,
      legend: () =>
        '3 is a function of a module (on a kernel recwalk_proc_show()), which only a loaded module has.',
    },
  },
  machine,
  /** prepare_coming_module() calls livepatch before the notifiers, of which one is that of kprobes. */
  input: (scope: Numbers<Users>) => ({
    users: [
      ...(scope.livepatch3 > 0 ? ['livepatch'] : []),
      ...(scope.kprobe3 + scope.post3 + scope.event3 > 0 ? ['kprobes'] : []),
    ],
  }),
  actions: (scope: Numbers<'module'>) =>
    scope.module > 0
      ? ['load', 'unload'].map((verb) => ({
          description: `${verb} module`,
          message: { type: `${verb} module` },
        }))
      : [],
  ops: () => [],
  view: () => ({ attached: () => [], hits: () => [] }),
  reproducer,
});
