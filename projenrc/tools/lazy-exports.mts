// lazy-exports.mts MODULE...|--all: makes lib/index.js load the given modules of lib, or all of them, only when one of
// their exports is used, so that a planner does not load the framework that an adapter needs, and that nobody waits for
// what he does not use. Running it twice changes nothing.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const lib = path.resolve('lib');

/** Names a module exports at run time, read from its declarations. */
function exportedNames(module: string): string[] {
  const file = path.join(lib, `${module}.d.ts`);
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  return source.statements.flatMap((statement) => {
    const exported = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword);
    if (!exported) return [];
    if (ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement) || ts.isFunctionDeclaration(statement)) return [statement.name!.text];
    if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map((d) => d.name.getText(source));
    return [];
  });
}

const index = path.join(lib, 'index.js');
let text = readFileSync(index, 'utf8');
const all = [...text.matchAll(/__exportStar\(require\("\.\/([^"]+)"\), exports\);/g)].map(([, module]) => module!);
for (const module of process.argv[2] === '--all' ? all : process.argv.slice(2)) {
  const eager = `__exportStar(require("./${module}"), exports);`;
  if (!text.includes(eager)) {
    if (text.includes(`require("./${module}")`)) continue;
    throw new Error(`lib/index.js does not export ./${module}`);
  }
  // the assignment lets Node.js see the name when a program imports the package as an ES module
  text = text.replace(eager, () => exportedNames(module).map((name) => `exports.${name} = void 0;\n`
    + `lazily("${name}", () => require("./${module}").${name});`).join('\n'));
}
// the first use puts the export itself in the place of the way to it
const lazily = `function lazily(name, load) {
    Object.defineProperty(exports, name, { enumerable: true, configurable: true, get() {
        const value = load();
        Object.defineProperty(exports, name, { enumerable: true, configurable: true, value });
        return value;
    } });
}
`;
if (text.includes('lazily("') && !text.includes('function lazily(')) {
  const start = 'Object.defineProperty(exports, "__esModule", { value: true });\n';
  text = text.replace(start, () => start + lazily);
}
writeFileSync(index, text);
