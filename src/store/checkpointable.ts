import { createHash } from 'node:crypto';
import { readSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';

/** A part of a search that a checkpoint stores. `restore` reads in the order in which `save` wrote. */
export interface Checkpointable {
  save(to: Writer): void;
  /** False if the saved data does not fit this search. */
  restore(from: Reader): boolean;
}

/** Writes to a file and hashes the bytes it writes (SHA-256). */
export class Writer {
  readonly #hash = createHash('sha256');

  constructor(readonly fd: number) {}

  bytes({ buffer, byteOffset, byteLength }: NodeJS.ArrayBufferView): void {
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    this.#hash.update(bytes);
    writeFileSync(this.fd, bytes);
  }

  /** Writes plain data: JSON, `undefined`, maps. */
  plain(value: unknown): void {
    const bytes = serialize(value);
    this.bytes(Uint32Array.of(bytes.length));
    this.bytes(bytes);
  }

  end(): void {
    writeFileSync(this.fd, this.#hash.digest());
  }
}

/** Reads a file that a Writer wrote. */
export class Reader {
  #at: number;

  constructor(
    readonly fd: number,
    at: number,
  ) {
    this.#at = at;
  }

  /** Fills `view`. Throws if the file ends first. */
  bytes<View extends NodeJS.ArrayBufferView>(view: View): View {
    for (let done = 0; done < view.byteLength; ) {
      const read = readSync(this.fd, view, done, view.byteLength - done, this.#at);
      if (read === 0) throw new Error('a checkpoint ended while it was read');
      done += read;
      this.#at += read;
    }
    return view;
  }

  plain<T>(): T {
    const [length] = this.bytes(new Uint32Array(1));
    return deserialize(this.bytes(Buffer.alloc(length!)));
  }
}
