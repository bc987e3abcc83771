import type { Mend } from '../mend.js';

export const mend: Mend = {
  name: 'unregister-tells',
  description: 'Owners are told when an IPMODIFY ops was unregistered (DISABLE).',
  where: 'unregister_ftrace_function(); since version 3 of the patches',
  against: 'None known; an owner may ignore it.',
  change: { tellsOnUnregister: true },
};
