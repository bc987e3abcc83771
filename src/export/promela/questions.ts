import { canonical } from '../../engine/canonical.js';
import { Reactor } from '../../engine/reactor.js';
import type { Tables } from '../../engine/tables.js';
import type { Message, Step } from '../../model/network.js';
import { Sequences } from './sequences.js';
import { isObject, Place, read, tracked } from './tracked.js';

/** Whose number a column is indexed by: a component's state before or after the call, or the call itself. */
export type Subject =
  | { readonly of: 'before' | 'after'; readonly component: number }
  | { readonly of: 'call' };

/** Something that a predicate may look at; each answer has a number. */
export interface Question {
  answer(): number;
  /** Answers so far; they are numbered from 0. */
  readonly size: number;
  /** Undefined for what was said, and what would be said `again`: sequences of words. */
  readonly column?: Column;
  readonly subject: Subject | { readonly of: 'said' | 'again' };
}

/** What is read of each of a list of values, in numbers: equal answers have equal numbers. */
export class Column {
  readonly #numbers: number[] = [];
  readonly #known = new Map<string, number>();

  constructor(
    readonly values: readonly unknown[],
    readonly read: (value: unknown) => unknown,
    /** What is read, for who has to mend it. */
    readonly name: string,
  ) {}

  get size(): number {
    return this.#known.size;
  }

  number(index: number): number {
    let number = this.#numbers[index];
    if (number === undefined) {
      const answer = this.read(this.values[index]);
      const key = isObject(answer) ? 'object' : canonical(answer, this.name);
      number = this.#known.get(key) ?? this.#known.size;
      this.#known.set(key, number);
      this.#numbers[index] = number;
    }
    return number;
  }

  /** For all values. */
  get numbers(): number[] {
    return this.values.map((_, index) => this.number(index));
  }
}

/**
 * The eyes of predicates: worlds and a step that write down what is read of them, as questions.
 * What else can be read one day is one more kind of question here.
 */
export class Questions<W> {
  readonly all: Question[] = [];
  readonly sequences = new Sequences();
  readonly before: Int32Array;
  readonly reactor: Reactor;
  readonly worldBefore: W;
  readonly worldAfter: W;
  readonly step: Step<W>;
  /** The call in hand. */
  stimulus = 0;
  /** By place, each subject having places of its own, or by the name of a sequence. */
  readonly #numbers = new Map<Place | string, number>();
  readonly #roots = new Map<string, Place>();
  readonly #scratch: Reactor;
  #said = -1;
  #asked: number[] = [];
  #answers = new Map<number, number>();
  #again = 0;

  constructor(readonly tables: Tables<W>) {
    const { stimuli } = tables.network;
    this.reactor = new Reactor(tables);
    this.#scratch = new Reactor(tables);
    this.before = new Int32Array(tables.all.length);
    this.worldBefore = this.#world('before', this.before);
    this.worldAfter = this.#world('after', this.reactor.state);
    const questions = this;
    const ofCall = new Place();
    this.step = {
      before: this.worldBefore,
      after: this.worldAfter,
      get call() {
        return tracked(stimuli[questions.stimulus]!, ofCall, (place) =>
          questions.#note(questions.#reading({ of: 'call' }, place)),
        );
      },
      get said() {
        questions.#note(questions.#sequence('said', () => questions.#saidNumber()));
        return questions.reactor.words();
      },
      again: () => this.#onceMore(),
    };
  }

  /** A call was made, or a state is looked at: what was known of the call before is over. */
  turn(stimulus: number): void {
    this.stimulus = stimulus;
    this.#said = -1;
  }

  /** Each evaluation of a predicate begins anew with `again`. */
  begin(): void {
    this.#again = 0;
  }

  /** What a predicate reads until it answers: question numbers, each at its first time, with the answers. */
  watch(predicate: () => boolean): {
    asked: readonly number[];
    answers: ReadonlyMap<number, number>;
    verdict: boolean;
  } {
    this.#asked = [];
    this.#answers = new Map();
    this.begin();
    const verdict = predicate();
    return { asked: this.#asked, answers: this.#answers, verdict };
  }

  #note(question: number): void {
    if (this.#answers.has(question)) return;
    this.#asked.push(question);
    this.#answers.set(question, this.all[question]!.answer());
  }

  #world(of: 'before' | 'after', state: Int32Array): W {
    return this.tables.network.world((name) => {
      const component = this.tables.index(name, 'the world');
      const { seen } = this.tables.all[component]!;
      const subject: Subject = { of, component };
      const root = this.#root(of, component);
      const note = (place: Place) => this.#note(this.#reading(subject, place));
      return () => tracked(seen[state[component]!]!, root, note);
    });
  }

  /** One for each component and side, however often a world looks at it. */
  #root(of: string, component: number): Place {
    const key = `${of} ${component}`;
    const root = this.#roots.get(key) ?? new Place();
    this.#roots.set(key, root);
    return root;
  }

  #reading(subject: Subject, place: Place): number {
    return this.#numbered(place, () => {
      const { tables, before, reactor } = this;
      const column = new Column(
        subject.of === 'call' ? tables.network.stimuli : tables.all[subject.component]!.seen,
        (value) => read(value, place),
        place.path.join('.'),
      );
      const index = () =>
        subject.of === 'call'
          ? this.stimulus
          : (subject.of === 'before' ? before : reactor.state)[subject.component]!;
      return {
        answer: () => column.number(index()),
        get size() {
          return column.size;
        },
        column,
        subject,
      };
    });
  }

  #sequence(of: 'said' | 'again', answer: () => number, which = ''): number {
    const { sequences } = this;
    return this.#numbered(`${of} ${which}`, () => ({
      answer,
      get size() {
        return sequences.next.length + 1;
      },
      subject: { of },
    }));
  }

  #numbered(key: Place | string, make: () => Question): number {
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.all.length;
      this.#numbers.set(key, number);
      this.all.push(make());
    }
    return number;
  }

  #saidNumber(): number {
    if (this.#said < 0)
      this.#said = this.sequences.number(this.reactor.said, this.reactor.saidCount);
    return this.#said;
  }

  #onceMore(): readonly Message[] | undefined {
    const answer = () => this.#makeAgain();
    const question = this.#sequence('again', answer, String(this.#again));
    this.#note(question);
    return this.#answers.get(question) === 0 ? undefined : this.#scratch.words();
  }

  /** 0 where the call is not offered, else one more than the number of what is said. */
  #makeAgain(): number {
    if (this.#again++ === 0) this.#scratch.state.set(this.reactor.state);
    if (this.#scratch.react(this.stimulus) !== 'silence') return 0;
    return this.sequences.number(this.#scratch.said, this.#scratch.saidCount) + 1;
  }
}
