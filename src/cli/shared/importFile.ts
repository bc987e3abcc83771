import { pathToFileURL } from 'node:url';

/** Files that a bundler turns into modules: styles, pictures, fonts, texts. A machine does not need what is in them. */
const ASSETS = [
  ...['.css', '.scss', '.sass', '.less', '.styl', '.svg', '.png', '.jpg', '.jpeg', '.gif', '.webp'],
  ...['.avif', '.ico', '.woff', '.woff2', '.ttf', '.otf', '.eot', '.mp3', '.mp4', '.webm', '.wav'],
  ...['.pdf', '.txt', '.md', '.graphql', '.gql', '.html'],
];
const CODE = ['.js', '.mjs', '.cjs', '.ts', '.tsx', '.mts', '.cts', '.jsx', '.json'];

/**
 * Imports a file as the bundler of its project would: TypeScript and JSX, `paths` of its tsconfig.json, `imports` of its
 * package.json, imports without an ending, CommonJS beside ES modules. An asset is an empty text.
 */
export async function importFile(path: string): Promise<Readonly<Record<string, unknown>>> {
  const { createJiti } = await import('jiti');
  const url = pathToFileURL(path).href;
  const plain = createJiti(url, { fsCache: false, jsx: true });
  const jiti = createJiti(url, {
    ...{ fsCache: false, jsx: true, tsconfigPaths: true },
    extensions: [...CODE, ...ASSETS],
    transform: (given) =>
      ASSETS.some((ending) => given.filename?.endsWith(ending))
        ? { code: "module.exports = '';" }
        : { code: plain.transform(given) },
  });
  return jiti.import(path);
}
