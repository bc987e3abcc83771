import type { Shard } from './flags.js';

/** Every `of`-th item, beginning with the `part`-th; all items if `part` is undefined. */
export function* shard<T>(items: Iterable<T>, part: Shard | undefined): Generator<T> {
  let i = 0;
  for (const item of items) if (part === undefined || i++ % part.of === part.part - 1) yield item;
}
