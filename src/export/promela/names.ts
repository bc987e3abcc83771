/** A unique variable name of letters, digits and _ for each name. */
export function variables(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const plain = `at_${name.replace(/\W+/g, '_')}`;
    let variable = plain;
    for (let n = 2; taken.has(variable); n++) variable = `${plain}_${n}`;
    taken.add(variable);
    return variable;
  });
}
