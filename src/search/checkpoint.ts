import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { endianness } from 'node:os';
import { DeviceFailure, isOfDevice } from '../model/deviceFailure.js';
import type { Network, Rule } from '../model/network.js';
import { UserError } from '../model/userError.js';
import type { SymmetryCheck } from '../reduce/symmetryCheck.js';
import { type Checkpointable, Reader, Writer } from '../store/checkpointable.js';
import type { SearchProgress } from './searchProgress.js';

/** Version of the file format; must change whenever the content of the file does. */
const FORMAT = 4;
/** Bytes of the hash at the end of a file, and of each chunk that is read to compute it. */
const HASH = 32;
const CHUNK = 1 << 20;

/** The first line of a file, as JSON. */
interface Header {
  readonly checkpoint: Identity;
  /** The symmetry that was verified before the search began; null: a search without symmetry. */
  readonly alike: readonly SymmetryCheck[] | null;
  /** The reason why a search merged local cycles first and then did not; null if it never changed. */
  readonly because: string | null;
}

/** The facts, by name, that must be equal in a file and in the search that resumes it. */
type Identity = Readonly<Record<string, string>>;

/**
 * A search saved in a file. A later process can resume it, whatever ended the first process.
 *
 * The file has a line of JSON that identifies the search, then the data of the parts of the search, then a SHA-256 hash
 * of both. It gets its name only when it is complete.
 */
export class Checkpoint {
  /** The symmetry that was verified, in a search with symmetry. */
  symmetry: readonly SymmetryCheck[] | undefined;
  /** The reason why a second search does not merge local cycles; unset before that search. */
  because: string | undefined;
  /** Digest of the files that define the network; unset for a built-in network. */
  files = '';
  #identity: Identity = {};
  /** Offset of the parts in the file, until they are restored. */
  #body: number | undefined;
  #due: number;

  constructor(
    readonly file: string,
    /** The version of the program: another version may search in another order. */
    readonly version: string,
    /** Called when a search is resumed. */
    readonly resumed: (covered: SearchProgress) => void = () => {},
    /** Transitions before the first checkpoint; each later one is due after a quarter more. */
    readonly first = 500_000,
  ) {
    this.#due = first;
  }

  /** Checks that the file is complete and of this search, or that one can be written. Throws RW030 to RW032. */
  open<W>(network: Network<W>, rules: readonly Rule<W>[], reductions: string): void {
    const { file } = this;
    this.#identity = {
      ...identityOf(this.version, network, rules, reductions),
      'files loaded': this.files,
    };
    if (!existsSync(file)) {
      this.#write(() => {});
      rmSync(this.#draft);
      return;
    }
    const fd = wrapIo(file, 'read', () => openSync(file, 'r'));
    try {
      const found = wrapIo(file, 'read', () => (isWhole(fd) ? headerOf(fd) : undefined));
      if (found === undefined)
        throw new UserError(
          'RW031',
          `checkpoint ${file} is damaged, or not a checkpoint of recwalk; recwalk leaves the file unchanged: give another file, or remove it`,
        );
      const { checkpoint, alike, because } = found.header;
      for (const [what, here] of Object.entries(this.#identity))
        if (checkpoint[what] !== here)
          throw this.#another(`its ${what}: ${checkpoint[what] ?? 'none'}; here: ${here}`);
      this.symmetry = alike ?? undefined;
      this.because = because ?? undefined;
      this.#body = found.length;
    } finally {
      closeSync(fd);
    }
  }

  /** Restores the parts from the file, once; false: there is nothing to resume. Throws RW030 and RW032. */
  restore(parts: readonly Checkpointable[]): boolean {
    const { file } = this;
    const body = this.#body;
    this.#body = undefined;
    this.#due = this.first;
    if (body === undefined) return false;
    const fd = wrapIo(file, 'read', () => openSync(file, 'r'));
    try {
      const reader = new Reader(fd, body);
      if (!parts.every((part) => part.restore(reader)))
        throw this.#another('its states are none of these machines');
    } finally {
      closeSync(fd);
    }
    return true;
  }

  /** Whether a checkpoint is due after this many transitions. */
  shouldSave(transitions: number): boolean {
    return transitions >= this.#due;
  }

  /** Makes the next checkpoint due after a quarter more transitions. */
  schedule(transitions: number): void {
    this.#due = Math.max(this.first, transitions * 1.25);
  }

  /** Saves the parts to the file. Throws RW030, and then leaves the file as it was. */
  save(parts: readonly Checkpointable[]): void {
    const header: Header = {
      checkpoint: this.#identity,
      alike: this.symmetry ?? null,
      because: this.because ?? null,
    };
    this.#write((fd) => {
      const writer = new Writer(fd);
      writer.bytes(Buffer.from(`${JSON.stringify(header)}\n`));
      for (const part of parts) part.save(writer);
      writer.end();
      fsyncSync(fd);
    });
    wrapIo(this.file, 'written', () => renameSync(this.#draft, this.file));
  }

  /** Removes the file; for a search that has ended and reported its result. */
  remove(): void {
    rmSync(this.file, { force: true });
    rmSync(this.#draft, { force: true });
  }

  get #draft(): string {
    return `${this.file}.part`;
  }

  #write(write: (fd: number) => void): void {
    const draft = this.#draft;
    wrapIo(this.file, 'written', () => {
      const fd = openSync(draft, 'w');
      try {
        write(fd);
      } catch (error) {
        rmSync(draft, { force: true });
        throw error;
      } finally {
        closeSync(fd);
      }
    });
  }

  #another(how: string): UserError {
    return new UserError(
      'RW032',
      `checkpoint ${this.file} belongs to another search (${how}); recwalk leaves the file unchanged: give another file, or remove it`,
    );
  }
}

/** The header of a file and its length in bytes; undefined if the file has none. */
function headerOf(fd: number): { readonly header: Header; readonly length: number } | undefined {
  const bytes = Buffer.alloc(CHUNK);
  const line = bytes.subarray(0, readSync(fd, bytes, 0, CHUNK, 0));
  const length = line.indexOf('\n') + 1;
  try {
    const header = JSON.parse(line.toString('utf8', 0, length));
    return typeof header?.checkpoint === 'object' ? { header, length } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a file ends with the hash of everything before it. */
function isWhole(fd: number): boolean {
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(CHUNK);
  const end = fstatSync(fd).size - HASH;
  let at = 0;
  while (at < end) {
    const read = readSync(fd, chunk, 0, Math.min(CHUNK, end - at), at);
    if (read === 0) return false;
    hash.update(chunk.subarray(0, read));
    at += read;
  }
  return (
    at === end &&
    readSync(fd, chunk, 0, HASH, end) === HASH &&
    hash.digest().equals(chunk.subarray(0, HASH))
  );
}

function identityOf<W>(
  version: string,
  network: Network<W>,
  rules: readonly Rule<W>[],
  reductions: string,
): Identity {
  const { name, scope = {}, stimuli, components, world, isTerminal, symmetry: alike } = network;
  return {
    format: `${FORMAT} ${endianness()}`,
    version,
    network: name,
    scope: JSON.stringify(scope),
    reductions,
    rules: rules.map(({ id }) => id).join(', '),
    'meaning of rules': digest([rules, world, isTerminal, alike]),
    stimuli: digest(stimuli),
    machines: digest(components),
  };
}

/**
 * A digest of values beyond JSON: of functions by their source and properties, of machines by their config and
 * implementations.
 */
function digest(value: unknown): string {
  const numbers = new Map<unknown, number>();
  const text = JSON.stringify(value, function (this: Record<string, unknown>, key) {
    // The value itself, not the result of its toJSON(), which machines have.
    const one = this[key];
    if (typeof one === 'bigint') return `${one}n`;
    if (one === null || (typeof one !== 'object' && typeof one !== 'function')) return one;
    const before = numbers.get(one);
    if (before !== undefined) return `met as ${before}`;
    numbers.set(one, numbers.size);
    if (typeof one === 'function') return [String(one), { ...one }];
    return 'implementations' in one && 'config' in one ? [one.config, one.implementations] : one;
  });
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** Runs `work`, and throws an error of the operating system as RW030, or as DeviceFailure if the device failed. */
function wrapIo<T>(file: string, what: 'read' | 'written', work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    if (isOfDevice(code)) throw new DeviceFailure(`checkpoint ${file}`, code);
    throw new UserError(
      'RW030',
      `checkpoint ${file} cannot be ${what} (${code}); give the path of a file`,
    );
  }
}
