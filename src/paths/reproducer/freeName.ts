/** A name for the file and the module of a path, from its description. Adds it to `taken`, which did not have it. */
export function freeName(description: string, taken: Set<string>): string {
  const words = description.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  let name = /^[a-z]/.test(words[0] ?? '') ? words.shift()! : 'path';
  for (const word of words) {
    if (name.length + 1 + word.length > 40) break;
    name += `-${word}`;
  }
  let free = name.slice(0, 40);
  for (let n = 2; taken.has(free); n++) free = `${name.slice(0, 36)}-${n}`;
  taken.add(free);
  return free;
}
