import { CompiledSystem, isDone } from '../../interpret/compiledSystem.js';
import { exactText } from '../../interpret/exactText.js';
import { FrozenSnapshot, snapshotData } from '../../interpret/frozenSnapshot.js';
import type { ResettableStep } from '../../interpret/guardNetwork.js';
import { ValueNumbering } from '../../interpret/valueNumbering.js';
import type {
  Message,
  Network,
  Select,
  Selector,
  Snapshot,
  Step,
  Stimulus,
} from '../../model/network.js';
import type { PropertyMonitor } from '../../properties/propertyMonitor.js';
import { Sequences } from './sequences.js';
import { isObject, Place, read, tracked } from './tracked.js';

type Side = 'before' | 'after';

/**
 * The subject of a question: a component's state before or after the call, whether the call changed the component, or
 * the call itself.
 */
export type Subject =
  | { readonly of: Side | 'changed'; readonly component: number }
  | { readonly of: 'call' | 'emitted' | 'again' };

/** A value that a predicate may read. Its possible answers are numbered. */
export interface Question {
  readonly subject: Subject;
  /** The value read from each state of the component, or from each call; undefined if the subject is neither. */
  readonly column?: ValueNumbering;
  /** Number of answers so far; they are numbered from 0. */
  readonly size: number;
}

/** A world, and the side of the call that its reads refer to. Nothing is recorded until the side is set. */
export interface RecordingWorld<W> {
  readonly world: W;
  readonly phase: { side: Side | undefined };
  /** Whether every component that receives stimuli is done. */
  readonly isTerminated: () => boolean;
}

/**
 * The reads of one evaluation of a predicate, as pairs of a question and its answer in the order of the first reads;
 * and its verdict.
 */
export interface RecordedReads {
  readonly reads: readonly number[];
  readonly verdict: boolean;
}

/**
 * A network whose worlds record each read as a question, while the engine explores it. A new kind of read needs a new
 * kind of question here.
 */
export class Questions<W> {
  readonly all: Question[] = [];
  readonly sequences = new Sequences();
  readonly compiled: CompiledSystem<RecordingWorld<W>>;
  /** Question numbers by Place, of which each subject has its own, or by name. */
  readonly #numbers = new Map<Place | string, number>();
  readonly #roots = new Map<string, Place>();
  readonly #messages = new Map<Message, number>();
  readonly #stimuli: ReadonlyMap<Stimulus, number>;
  readonly #states: Record<Side, Int32Array> = {
    before: new Int32Array(0),
    after: new Int32Array(0),
  };
  /** The PropertyMonitor's step, which is one object for all calls, and the recording step made from it. */
  #calls: { readonly step: Step<RecordingWorld<W>>; readonly recording: Step<W> } | undefined;
  #reads: number[] = [];
  /** By question: the number of the last evaluation in which it occurred. */
  readonly #lastEvaluation: number[] = [];
  #evaluation = 0;
  #again = 0;

  constructor(network: Network<W>) {
    const { name, description, components, stimuli } = network;
    this.#stimuli = new Map(stimuli.map((stimulus, i) => [stimulus, i]));
    this.compiled = new CompiledSystem<RecordingWorld<W>>({
      name,
      description,
      components,
      stimuli,
      world: (select) => this.#recordingWorld(network, select),
      ...(network.isTerminal && { isTerminal: ({ world }) => network.isTerminal!(world) }),
    });
  }

  /** Takes answers from the states of this monitor. */
  follow({ before, interpreter }: PropertyMonitor<RecordingWorld<W>>): void {
    this.#states.before = before;
    this.#states.after = interpreter.state;
  }

  /** Evaluates a predicate of states and records its reads. */
  ofState(
    world: RecordingWorld<W>,
    predicate: (world: RecordingWorld<W>) => boolean,
  ): RecordedReads {
    world.phase.side = 'after';
    return this.#record(() => predicate(world));
  }

  /** Evaluates a predicate of calls and records its reads. */
  ofCall(step: Step<RecordingWorld<W>>, predicate: (step: Step<W>) => boolean): RecordedReads {
    if (this.#calls?.step !== step) this.#calls = { step, recording: this.#step(step) };
    const { recording } = this.#calls;
    step.before.phase.side = 'before';
    step.after.phase.side = 'after';
    return this.#record(() => predicate(recording));
  }

  #record(predicate: () => boolean): RecordedReads {
    this.#reads = [];
    this.#evaluation++;
    this.#again = 0;
    const verdict = predicate();
    return { reads: this.#reads, verdict };
  }

  #note(question: number, answer: number): void {
    if (this.#lastEvaluation[question] === this.#evaluation) return;
    this.#lastEvaluation[question] = this.#evaluation;
    this.#reads.push(question, answer);
  }

  #recordingWorld(network: Network<W>, select: Select): RecordingWorld<W> {
    let bound = 0;
    const phase: RecordingWorld<W>['phase'] = { side: undefined };
    const bind = <V>(name: string, read?: (seen: Snapshot) => V): Selector<V> => {
      const component = this.compiled.index(name, 'the world');
      // Bind it in the engine too: the engine must record every read.
      const seen = select(name, read);
      const which = read && bound++;
      const numbers: { [side in Side]?: number } = {};
      return () => {
        const { side } = phase;
        if (side === undefined) return seen();
        const subject = { of: side, component };
        const state = this.#states[side][component]!;
        if (read === undefined)
          return tracked(seen(), this.#root(subject), (place) =>
            this.#noteReading(subject, place, state),
          );
        numbers[side] ??= this.#reading(`${side} ${which}`, subject, (value) =>
          exactText(read(value as Snapshot), name),
        );
        this.#noteColumn(numbers[side], state);
        return seen();
      };
    };
    const world = network.world(bind);
    const done = this.compiled.receivers.map((name) => bind(name, isDone));
    return {
      world,
      // A getter, because the properties of a world are frozen.
      get phase() {
        return phase;
      },
      isTerminated: () => done.length > 0 && done.every((is) => is()),
    };
  }

  #step(step: ResettableStep<RecordingWorld<W>>): ResettableStep<W> {
    const questions = this;
    const changes: number[] = [];
    return {
      resetAgain: () => {
        step.resetAgain?.();
        this.#again = 0;
      },
      before: step.before.world,
      after: step.after.world,
      get call() {
        const subject = { of: 'call' } as const;
        return tracked(step.call, questions.#root(subject), (place) =>
          questions.#noteReading(subject, place, questions.#stimuli.get(step.call)!),
        );
      },
      get emitted() {
        const { emitted } = step;
        questions.#noteSequence('emitted', '', questions.#sequence(emitted));
        return emitted;
      },
      changed: (name) => {
        const changed = step.changed(name);
        const component = this.compiled.index(name, 'a rule');
        changes[component] ??= this.#numbered(`changed ${component}`, () => ({
          subject: { of: 'changed', component },
          size: 2,
        }));
        this.#note(changes[component], changed ? 1 : 0);
        return changed;
      },
      again: () => {
        const words = step.again();
        this.#noteSequence('again', this.#again++, words ? this.#sequence(words) + 1 : 0);
        return words;
      },
    };
  }

  /** The root Place of a subject: one per subject, however often a world selects it. */
  #root(subject: Subject): Place {
    const key = 'component' in subject ? `${subject.of} ${subject.component}` : subject.of;
    const root = this.#roots.get(key) ?? new Place();
    this.#roots.set(key, root);
    return root;
  }

  #noteReading(subject: Subject, place: Place, index: number): void {
    const question = this.#reading(place, subject, (value) => {
      const answer = read(value, place);
      if (isObject(answer)) return 'object';
      const plain = answer instanceof FrozenSnapshot ? snapshotData(answer) : answer;
      return exactText(plain, place.path.join('.'));
    });
    this.#noteColumn(question, index);
  }

  #noteColumn(question: number, index: number): void {
    this.#note(question, this.all[question]!.column!.number(index));
  }

  #reading(key: Place | string, subject: Subject, text: (value: unknown) => string): number {
    return this.#numbered(key, () => {
      const { components, network } = this.compiled;
      const values =
        'component' in subject ? components[subject.component]!.snapshots : network.stimuli;
      const column = new ValueNumbering<unknown>(values, text);
      return {
        subject,
        column,
        get size() {
          return column.size;
        },
      };
    });
  }

  #noteSequence(of: 'emitted' | 'again', which: number | '', answer: number): void {
    const { sequences } = this;
    const question = this.#numbered(`${of} ${which}`, () => ({
      subject: { of },
      get size() {
        return sequences.next.length + 1;
      },
    }));
    this.#note(question, answer);
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

  #sequence(words: readonly Message[]): number {
    const { outputs: known } = this.compiled;
    for (let i = this.#messages.size; i < known.length; i++) this.#messages.set(known[i]!, i);
    return this.sequences.number(words.map((word) => this.#messages.get(word)!));
  }
}
