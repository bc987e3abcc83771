import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const machines = here('../../../machines');

/** The built-in domain. Its designs and rules are found by folder, as in the command line. */
const domain = {
  name: 'domain',
  resolveId: (id) => (id === 'recwalk:domain' ? id : null),
  load(id) {
    if (id !== 'recwalk:domain') return null;
    const all = (kind) =>
      readdirSync(`${machines}/${kind}s`)
        .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
        .map((file, i) => ({ name: `${kind}${i}`, kind, file: `${machines}/${kind}s/${file}` }));
    const [designs, rules] = [all('design'), all('rule')];
    const names = (list) => list.map(({ name }) => name).join();
    return [
      `import { ftraceOf } from ${JSON.stringify(`${machines}/domain.ts`)};`,
      ...[...designs, ...rules].map(
        ({ name, kind, file }) => `import { ${kind} as ${name} } from ${JSON.stringify(file)};`,
      ),
      `export const domain = ftraceOf({ designs: [${names(designs)}], rules: [${names(rules)}] });`,
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
  plugins: [domain],
  output: { file: here('../../../dist/explorer.js'), format: 'iife', minify: true },
};
