import { cdk, DependencyType } from 'projen';
import { LibraryOptions, TypeScriptLibrary } from './typescript-library';
import { JSII_VERSION } from './versions';

/** What a jsii package says beside the options of every library. */
export interface JsiiLibraryOptions extends LibraryOptions {
  /** Small dependencies that are bundled into the package (docs/decisions/005-vendoring.md). @default - none */
  readonly vendored?: string[];
}

/** A library that jsii compiles, so that Python, Go and Java can use it as well. */
export class JsiiLibrary extends TypeScriptLibrary {
  public override readonly vendored: string[];

  constructor({ vendored = [], ...options }: JsiiLibraryOptions) {
    super(options, { esModuleInterop: true, noEmitOnError: true, stripInternal: false, declaration: true });
    const { name } = options;
    this.vendored = vendored.map((dependency) => dependency.replace(/(.)@.*$/, '$1'));
    for (const dependency of vendored) this.deps.addDependency(dependency, DependencyType.BUILD);
    this.with(new cdk.JsiiBuild({
      jsiiVersion: JSII_VERSION,
      stability: 'experimental',
      workspaceDirectory: this.workspaceDirectory,
      docgen: false, // projenrc/tools/docgen.mts
      releaseToNpm: false, // changesets
      publishToPypi: { distName: `viridial.${name}`, module: `viridial.${name.replace(/-/g, '_')}` },
      publishToMaven: { javaPackage: `com.viridial.${name.replace(/-/g, '.')}`, mavenGroupId: 'com.viridial', mavenArtifactId: name },
      publishToGo: { moduleName: 'github.com/viridial/viridial-go', packageName: name.replace(/-/g, '') },
    }));
    if (vendored.length) this.gitignore.exclude('/src/vendor/');
  }

  public override get jsii() {
    return true;
  }
}
