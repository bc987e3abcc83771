import fc from 'fast-check';
import { CompiledSystem } from '../interpret/compiledSystem.js';
import type { Network } from '../model/network.js';
import { Call } from './call.js';
import { shorter } from './shorter.js';
import { ShortestWalks } from './shortestWalks.js';
import type { System } from './system.js';
import { Walk } from './walk.js';

/** The calls of one walk, as commands. */
class Calls<S, A> implements Iterable<Call<S, A>> {
  constructor(
    readonly numbers: readonly number[],
    readonly all: readonly Call<S, A>[],
  ) {}

  *[Symbol.iterator](): Generator<Call<S, A>> {
    for (const number of this.numbers) yield this.all[number]!;
  }

  toString(): string {
    return this.numbers.map((number) => this.all[number]!.toString()).join('; ');
  }
}

/**
 * Random walks. `fc.commands` would draw calls without the model, and a walk would make the few that happen to be
 * enabled. This class steps the model while it draws, so that every call is enabled.
 */
export class Walks<S, A> extends fc.Arbitrary<Iterable<fc.AsyncCommand<Walk, S>>> {
  readonly #tables: CompiledSystem;
  readonly #shortestWalks: ShortestWalks;
  readonly #all: readonly Call<S, A>[];

  constructor(
    network: Network,
    system: System<S, A>,
    readonly longest: number,
  ) {
    super();
    this.#tables = new CompiledSystem(network);
    this.#shortestWalks = new ShortestWalks(this.#tables);
    this.#all = network.stimuli.map((stimulus, i) => new Call(i, stimulus, system));
  }

  override generate(random: fc.Random): fc.Value<Calls<S, A>> {
    const length = random.nextInt(1, this.longest);
    const walk = new Walk(this.#tables);
    const numbers: number[] = [];
    while (numbers.length < length) {
      const offered = walk.offered();
      if (offered.length === 0) break;
      // If there is a choice, a call that ends the story comes last.
      const goesOn = offered.filter((stimulus) => walk.goesOnAfter(stimulus));
      const choice = goesOn.length === 0 || numbers.length === length - 1 ? offered : goesOn;
      const number = choice[random.nextInt(0, choice.length - 1)]!;
      walk.take(number);
      numbers.push(number);
    }
    return new fc.Value(new Calls(numbers, this.#all), undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is Calls<S, A> {
    return value instanceof Calls;
  }

  override shrink(value: Iterable<fc.AsyncCommand<Walk, S>>): fc.Stream<fc.Value<Calls<S, A>>> {
    const { numbers } = value as Calls<S, A>;
    return fc
      .stream(shorter(numbers, this.#tables, this.#shortestWalks))
      .map((fewer) => new fc.Value(new Calls(fewer, this.#all), undefined));
  }
}
