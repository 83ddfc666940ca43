// Fails when a public symbol of a published package does not say what it is for.
import path from 'node:path';
import { undocumentedSymbols } from './public-documentation.mts';

const missing = undocumentedSymbols(path.resolve(import.meta.dirname, '../..'));
for (const { file, line, symbol, lacks } of missing) process.stdout.write(`✗ ${file}:${line} ${symbol} has no ${lacks}\n`);
process.exitCode = missing.length ? 1 : 0;
