import { oneLine } from '../../model/controlCharacters.js';

/** Characters. Spin reads a piece of C up to 64 KB; longer arrays are split. */
const LONGEST = 48_000;

/** C in a Promela file. A leading # is escaped from the preprocessor that reads the model. */
export const code = (text: string): string =>
  `c_code {\n${text.replace(/^#/gm, '\\#').trim()}\n}\n`;

/**
 * A C string literal. Spin counts the braces in it and copies it into another literal without regard to escapes, so all
 * but the plainest characters are written as octal numbers.
 */
export const quoted = (text: string): string =>
  `"${[...Buffer.from(text)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[ !#-[\]-z|~]/.test(character) ? character : `\\${byte.toString(8).padStart(3, '0')}`;
    })
    .join('')}"`;

/** A comment that cannot end early. */
export const comment = (text: string): string => `/* ${oneLine(text).replaceAll('*/', '* /')} */`;

/** The smallest C type that holds these values. */
function typeFor(values: readonly number[]): string {
  let least = 0;
  let most = 0;
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (least >= 0 && most < 2 ** 8) return 'unsigned char';
  if (least >= 0 && most < 2 ** 16) return 'unsigned short';
  return least >= -(2 ** 15) && most < 2 ** 15 ? 'short' : 'int';
}

/** Static C arrays. An array that is too long for one piece is assembled when the program starts. */
export class Arrays {
  #text = '';
  #fill = '';

  add(name: string, values: readonly number[]): void {
    const type = typeFor(values);
    const parts = this.#parts(values.length === 0 ? [0] : values);
    const [only, ...more] = parts;
    const array = (suffix: string, part: string) =>
      code(`static const ${type} ${name}${suffix}[] = {\n${part}\n};`);
    if (more.length === 0) {
      this.#text += array('', only!);
      return;
    }
    this.#text += code(`static ${type} ${name}[${values.length}];`);
    let at = 0;
    parts.forEach((part, i) => {
      this.#text += array(`_${i}`, part);
      this.#fill += `memcpy(${name} + ${at}, ${name}_${i}, sizeof ${name}_${i});\n`;
      at += part.split(',').length;
    });
  }

  strings(name: string, values: readonly string[]): void {
    this.#text += code(
      `static const char *const ${name}[] = {\n${values.map(quoted).join(',\n')}\n};`,
    );
  }

  toString(): string {
    const filled = `__attribute__((constructor)) static void fill(void)\n{\n${this.#fill}}`;
    return this.#fill === '' ? this.#text : `${this.#text}${code(filled)}`;
  }

  /** Splits values into parts that fit into one piece, each on one line: Spin numbers lines only up to 32,767. */
  #parts(values: readonly number[]): string[] {
    const parts: string[] = [];
    let part = '';
    for (const value of values) {
      if (part.length > LONGEST) {
        parts.push(part);
        part = '';
      }
      part += part === '' ? value : `,${value}`;
    }
    return [...parts, part];
  }
}
