import { type Bug, pair } from '../bug.js';
import { design } from '../designs/linux-6.12.js';
import { rule } from '../rules/attached-runs.js';

export const bug: Bug = {
  name: 'direct-not-called',
  description: 'If a tracer is also on the function, nothing calls the trampoline on x86.',
  report:
    'Since Linux 6.4, a direct ops that is not alone on a function requests arguments instead of registers; on x86 only the caller that saves registers jumps to a trampoline. The ftrace-direct sample prints nothing once the function tracer is on its function.',
  source:
    'mails 170484558617.178953.1590516949390270842.stgit@devnote2, 20240213132434.22537-1-petr.pavlu@suse.com (the first fix, bdbddb109c75 fixes its #ifdef); caused by 60c8971899f3',
  fixedBy: 'a8b9cf62ade1',
  release: '6.8',
  // An ops that saves registers would make the trampoline run again, so this scope has none.
  ...pair(rule, 'records=1,absent=1,tracer=1', design, { trampolineSource: 'nobody' }),
};
