// Translates TypeScript for jest. Types are checked by the root's one program (`typecheck`), so that a transformer that
// loads the TypeScript compiler once more in every package only costs time (docs/decisions/018-paying-for-what-is-used.md).
const { readFileSync } = require('node:fs');
const { createHash } = require('node:crypto');
const { transformSync, version } = require('esbuild');

const self = createHash('sha256').update(readFileSync(__filename)).update(version).digest('hex');

module.exports = {
  getCacheKey: (source, file, { transformerConfig }) => createHash('sha256').update(self).update(file).update(JSON.stringify(transformerConfig)).update(source).digest('hex'),
  process(source, file) {
    // esbuild does not move it above the imports, where it would have to be
    if (/\bjest\.mock\(/.test(source)) throw new Error(`${file}: jest.mock() is not moved above the imports here; cure: pass the double in, or use jest.spyOn()`);
    return transformSync(source, { loader: 'ts', format: 'cjs', target: 'node22', sourcefile: file, sourcemap: 'inline', sourcesContent: false });
  },
};
