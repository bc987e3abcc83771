import type { Bug } from '../../../../machines/bug.js';

/** Stimulus numbers of the calls that show the consequences of a bug. */
export const aftermath = ({ before, afterwards = [] }: Bug): readonly number[] =>
  afterwards.map((call) => before.stimuli.findIndex(({ description }) => description === call));
