import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const machines = here('../../../machines');

/** Every design and rule, found by folder as in the command line. */
const catalogue = {
  name: 'catalogue',
  resolveId: (id) => (id === 'recwalk:catalogue' ? id : null),
  load(id) {
    if (id !== 'recwalk:catalogue') return null;
    const all = (kind) =>
      readdirSync(`${machines}/${kind}s`)
        .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
        .map((file, i) => ({ name: `${kind}${i}`, kind, file: `${machines}/${kind}s/${file}` }));
    const [designs, rules] = [all('design'), all('rule')];
    const names = (list) => list.map(({ name }) => name).join();
    return [
      ...[...designs, ...rules].map(
        ({ name, kind, file }) => `import { ${kind} as ${name} } from ${JSON.stringify(file)};`,
      ),
      `export const designs = [${names(designs)}];`,
      `export const rules = [${names(rules)}];`,
    ].join('\n');
  },
};

/** Builds one script without imports, for pages that load no other resource. */
export default {
  input: here('main.tsx'),
  platform: 'browser',
  resolve: { extensionAlias: { '.js': ['.ts', '.tsx', '.js'] } },
  moduleTypes: { '.css': 'text' },
  transform: {
    define: { 'process.env.NODE_ENV': '"production"' },
  },
  plugins: [catalogue],
  output: { file: here('../../../dist/explorer.js'), format: 'iife', minify: true },
};
