import { number } from '../../model/formatNumber.js';
import { type Criterion, noMemory, unnamed, whyIncomplete } from '../criterion.js';
import { bytesOfPostman, ruralPostman } from '../ruralPostman.js';
import { bytesOfTour, transitionTour } from '../transitionTour.js';

const counts = 'transitions';

/** Every call in every state, with every outcome that the design leaves open. */
export const criterion: Criterion = {
  counts,
  plan: async ({ check, longest, given, signal, mayHold }) => {
    const successors = check.successors!;
    const of = successors.size;
    const { states } = check.exploration;
    const covers = (path: readonly number[]) => path;
    if (!mayHold(bytesOfPostman(of, states))) {
      if (!mayHold(bytesOfTour(of, states))) return noMemory(of, counts);
      const taken = whyIncomplete(of, given, covers).map((isOpen) => 1 - isOpen);
      const coverage = { taken, blocked: new Uint8Array(of) };
      return {
        of,
        covers,
        paths: unnamed(transitionTour(successors, states, longest, { coverage })),
        note: `${number(of)} ${counts} do not fit into --memory for a plan of the fewest steps; covering them greedily`,
      };
    }
    const open = whyIncomplete(of, given, covers);
    const { paths, bound } = await ruralPostman(successors, states, open, longest, signal);
    return {
      of,
      covers,
      paths: unnamed(paths),
      ...(bound === undefined ? {} : { lowerBound: bound }),
    };
  },
};
