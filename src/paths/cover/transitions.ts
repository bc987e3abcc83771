import { number } from '../../model/numbers.js';
import { type Criterion, leftOpen, noMemory, unnamed } from '../criterion.js';
import { bytesOfPostman, postman } from '../postman.js';
import { bytesOfTour, tour } from '../tour.js';

const counts = 'transitions';

/** Every call in every state, with every outcome that the design leaves open. */
export const criterion: Criterion = {
  counts,
  plan: async ({ check, longest, given, signal, mayHold }) => {
    const successors = check.successors!;
    const of = successors.size;
    const { states } = check.exploration;
    const takes = (path: readonly number[]) => path;
    if (!mayHold(bytesOfPostman(of, states))) {
      if (!mayHold(bytesOfTour(of, states))) return noMemory(of, counts);
      const taken = leftOpen(of, given, takes).map((isOpen) => 1 - isOpen);
      const coverage = { taken, blocked: new Uint8Array(of) };
      return {
        of,
        takes,
        paths: unnamed(tour(successors, states, longest, { coverage })),
        note: `${number(of)} ${counts} are too many for the fewest steps within --memory: taken as they come`,
      };
    }
    const open = leftOpen(of, given, takes);
    const { paths, bound } = await postman(successors, states, open, longest, signal);
    return {
      of,
      takes,
      paths: unnamed(paths),
      ...(bound === undefined ? {} : { lowerBound: bound }),
    };
  },
};
