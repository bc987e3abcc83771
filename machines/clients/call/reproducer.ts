import type { ClientReproducer } from '../reproducer.js';

export const reproducer: ClientReproducer = {
  actors: ['call'],
  /** The script calls the functions after this action only. */
  actions: () => [{ description: 'call', commands: [':'] }],
};
