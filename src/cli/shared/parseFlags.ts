import { InvalidArgumentError } from 'commander';

const UNITS: Readonly<Record<string, number>> = { '': 2 ** 20, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 };

/** Bytes from `512M`, `4G` or a plain number of megabytes. Throws InvalidArgumentError for any other text. */
export function parseSize(text: string): number {
  const match = /^(\d+)([KMG]?)$/i.exec(text);
  if (match === null)
    throw new InvalidArgumentError('Type a number of megabytes, or for example 512M or 4G.');
  return Number(match[1]) * UNITS[match[2]!.toUpperCase()]!;
}

/** A whole number above 0. Throws InvalidArgumentError otherwise. */
export function parseCount(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('Type a whole number above 0.');
  return Number(text);
}

/** Number of threads of a search: 1 or 2. Throws InvalidArgumentError otherwise. */
export function parseWorkers(text: string): number {
  if (text !== '1' && text !== '2') throw new InvalidArgumentError('Type 1 or 2.');
  return Number(text);
}

/** A port from 1 to 65535. Throws InvalidArgumentError otherwise. */
export function parsePort(text: string): number {
  const port = parseCount(text);
  if (port > 65535) throw new InvalidArgumentError('Type a whole number from 1 to 65535.');
  return port;
}

/** A part of a number of parts: `2/4` is the second of four. Throws InvalidArgumentError for any other text. */
export function parseShard(text: string): { part: number; of: number } {
  const [part, of] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).slice(1).map(Number);
  if (part === undefined || of === undefined || part < 1 || part > of)
    throw new InvalidArgumentError('Type for example 2/4 for the second of four parts.');
  return { part, of };
}
