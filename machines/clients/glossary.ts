import type { ScopeKey } from './client.js';
import { type ClientScope, clients } from './clients.js';

/** A legend for stories of clients, for readers who know ftrace but not recwalk. */
export const legend = (scope: ClientScope): string =>
  [
    '1 and 2 are functions (on a kernel cmdline_proc_show() and version_proc_show()).',
    ...clients.flatMap((client) =>
      Object.entries<ScopeKey>(client.scope).flatMap(([key, { legend: line }]) => {
        const number = scope[key as keyof ClientScope];
        return number > 0 && line !== undefined ? [line(number)] : [];
      }),
    ),
    `After each action: its return value; then each changed function, as in enabled_functions: (count), flags, owner of the trampoline; and${scope.call > 0 ? ', after call,' : ''} everything that ran when it was called once.`,
  ].join(' ');
