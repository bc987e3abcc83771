import type { AsyncCommand } from 'fast-check';
import type { Stimulus } from '../model/network.js';
import { outcomeText, writeStory } from '../paths/storyFormat.js';
import type { System } from './system.js';
import type { Walk } from './walk.js';

/** One stimulus as a fast-check command. It runs if the model enables it; model and system must then agree. */
export class Call<S, A> implements AsyncCommand<Walk, S> {
  constructor(
    readonly number: number,
    readonly stimulus: Stimulus,
    readonly system: System<S, A>,
  ) {}

  check(walk: Readonly<Walk>): boolean {
    return walk.offers(this.number);
  }

  async run(walk: Walk, real: S): Promise<void> {
    const { outcome } = walk.take(this.number);
    const answer = await this.system.send(real, this.stimulus);
    const seen = await this.system.read(real, answer);
    if (seen.length !== outcome.length || seen.some((part, i) => part !== outcome[i]))
      throw new Error(difference(walk, seen));
  }

  toString(): string {
    return this.stimulus.description;
  }
}

/** The error message: the story of the model, and the outcome of the system after its last call. */
function difference({ steps, compiled: { network } }: Walk, seen: readonly string[]): string {
  const last = steps.at(-1)!;
  const notes = [
    `network ${network.name}`,
    `call ${steps.length}, ${last.call}`,
    `  expected  ${outcomeText(last.outcome).join('; ')}`,
    `  got       ${outcomeText(seen).join('; ')}`,
  ];
  const story = steps.map(({ call, outcome }) => ({ call, outcome: outcomeText(outcome) }));
  return `the system does not conform to the model\n${writeStory({ notes, steps: story })}`;
}
