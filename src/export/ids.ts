/** A unique identifier of letters, digits and _ for each name: `direct_ipmodify` for `direct+ipmodify`. */
export function idsOf(names: Iterable<string>): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  for (const name of new Set(names)) {
    const plain = name.replace(/\W+/g, '_').replace(/^_|_$/g, '');
    const word = /^[a-z]/i.test(plain) ? plain : `_${plain}`;
    let id = word;
    for (let n = 2; taken.has(id); n++) id = `${word}_${n}`;
    taken.add(id);
    ids.set(name, id);
  }
  return ids;
}
