// lazy-exports.mts: makes lib/index.js load each module of the package only when one of its exports is used, so that a
// program pays for what it uses, and a planner does not load the framework that an adapter needs. Running it twice
// changes nothing.
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
    if (ts.isExportDeclaration(statement) || ts.isExportAssignment(statement)) {
      if (statement.getText(source) === 'export {};') return [];
      throw new Error(`${file} exports by '${statement.getText(source)}'; export declarations only`);
    }
    if (!exported) return [];
    if (ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement) || ts.isFunctionDeclaration(statement)) return [statement.name!.text];
    if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map((d) => d.name.getText(source));
    return [];
  });
}

// a name is a plain value from its first use on, because some are used millions of times
const LAZY = `const lazy = (name, load) => Object.defineProperty(exports, name, { enumerable: true, configurable: true, get: () => {
    const value = load()[name];
    Object.defineProperty(exports, name, { enumerable: true, configurable: true, value });
    return value;
} });
`;

const index = path.join(lib, 'index.js');
const text = readFileSync(index, 'utf8');
if (!text.includes(LAZY)) {
  const lines = text.split('\n').flatMap((line) => {
    const module = /^__exportStar\(require\("\.\/(.*)"\), exports\);$/.exec(line)?.[1];
    if (module === undefined) return [line];
    // the assignment lets Node.js see the name when a program imports the package as an ES module
    return exportedNames(module).flatMap((name) => [`exports.${name} = void 0;`, `lazy("${name}", () => require("./${module}"));`]);
  });
  const head = lines.indexOf('Object.defineProperty(exports, "__esModule", { value: true });') + 1;
  writeFileSync(index, [...lines.slice(0, head), LAZY.trimEnd(), ...lines.slice(head)].join('\n'));
}
