import { type Criterion, leftOpen, unnamed } from '../criterion.js';
import { postman } from '../postman.js';

/** Every call in every state, with every outcome that the design leaves open. */
export const criterion: Criterion = {
  counts: 'transitions',
  plan: async ({ check, longest, given, signal }) => {
    const successors = check.successors!;
    const takes = (path: readonly number[]) => path;
    const open = leftOpen(successors.size, given, takes);
    const { states } = check.exploration;
    const { paths, bound } = await postman(successors, states, open, longest, signal);
    return {
      of: successors.size,
      takes,
      paths: unnamed(paths),
      ...(bound === undefined ? {} : { lowerBound: bound }),
    };
  },
};
