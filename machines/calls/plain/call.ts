import type { CallType } from '../call.js';

/** register_ftrace_function() and unregister_ftrace_function() of a direct ops. */
export const plain: CallType = {
  description: 'registers or unregisters a direct ops with the functions for other ops',
  isFor: ({ kind }, isTable) => kind === 'direct' && !isTable,
  misuse: ({ name }) =>
    ['plain register', 'plain unregister'].map((type) => ({
      description: `${type} ${name}`,
      to: name,
      message: { type },
    })),
  requests: {
    'plain register': (call, { filter }) => ({
      ...call,
      request: 'register',
      after: filter,
      plain: true,
    }),
    'plain unregister': (call) => ({ ...call, request: 'unregister', after: [], plain: true }),
  },
  reproducer: {
    c: ({ type, ops: { name } }) =>
      `${type === 'plain register' ? 'register' : 'unregister'}_ftrace_function(&${name})`,
    note({ type, ops: { name } }, { plain: registered }) {
      if (type === 'plain register') registered.add(name);
      else registered.delete(name);
    },
  },
};
