export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** 0 for the root. */
  readonly depth: number;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/**
 * The elements of a document, in order. Throws unless it is well-formed: a declaration, one root,
 * tags that match, and no bare < or & anywhere.
 */
export function elements(xml: string): Element[] {
  const all: Element[] = [];
  const open: string[] = [];
  let roots = 0;
  let rest = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  if (rest === xml) throw new Error('no declaration');
  while (rest !== '') {
    const tag = /^<(\/?)([a-z]+)((?: [a-z]+="[^"<]*")*)(\/?)>/.exec(rest);
    const piece = tag?.[0] ?? /^[^<]+/.exec(rest)?.[0];
    if (piece === undefined) throw new Error(`a bare <: ${rest.slice(0, 80)}`);
    rest = rest.slice(piece.length);
    if (tag === null) {
      if (unescaped(piece).trim() !== '' && open.length === 0) throw new Error(`outside: ${piece}`);
      continue;
    }
    const [, closes, name, attributes, empty] = tag;
    if (closes !== '') {
      if (open.pop() !== name) throw new Error(`</${name}> closes another element`);
      continue;
    }
    if (open.length === 0 && ++roots > 1) throw new Error('two roots');
    const pairs = [...attributes!.matchAll(/ ([a-z]+)="([^"]*)"/g)];
    all.push({
      name: name!,
      attributes: Object.fromEntries(pairs.map(([, key, value]) => [key, unescaped(value!)])),
      depth: open.length,
    });
    if (empty === '') open.push(name!);
  }
  if (open.length > 0 || roots === 0) throw new Error(`not closed: ${open.join()}`);
  return all;
}

const unescaped = (text: string) =>
  text.replace(/&(\w*;?)/g, (_, entity: string) => {
    const char = ENTITIES[entity.slice(0, -1)];
    if (char === undefined) throw new Error(`a bare &: ${text}`);
    return char;
  });
