import { checkTree, writeTree } from './private/tree-files';
import { normalizedTree } from './private/tree-paths';

/** What a tree consists of. */
export interface RepositoryProps {
  /** Text of every file, by its path in the repository, with slashes. */
  readonly files: { [path: string]: string };
  /**
   * Folders of the tree that belong to somebody. Every file lies in exactly one of them, and each keeps its own record of
   * what was written, so that the trees of several clusters live side by side in one repository.
   */
  readonly folders: string[];
}

/**
 * The tree that a GitOps engine reconciles, as text.
 *
 * `write` changes only what is different and removes only what an earlier `write` made; what people add is never
 * touched. Which files are ours is recorded in a file `.viridial-owned.json` in every folder of the tree, and
 * belongs into Git with the rest.
 */
export class Repository {
  private readonly tree: { [path: string]: string };
  private readonly owned: string[];

  /**
   * @param props files and folders
   * @throws InvalidInputError when a path leaves the repository or lies in none of the folders
   */
  constructor(props: RepositoryProps) {
    const { files, folders } = normalizedTree(props.files, props.folders);
    this.tree = files;
    this.owned = folders;
  }

  /** Text of every file by its path, records of ownership among them. */
  public get files(): { [path: string]: string } {
    return { ...this.tree };
  }

  /** Folders of the tree that belong to somebody, sorted. */
  public get folders(): string[] {
    return [...this.owned];
  }

  /**
   * Brings a working copy to this tree: writes what is different, removes what an earlier call wrote and what is no
   * longer wanted. A file of ours that somebody edited is written anew.
   *
   * @param directory root of the working copy; it is made when it is missing
   * @throws InvalidInputError before anything is written, when a file that we did not write is where one of ours belongs,
   *   when a path leads through a symbolic link, or when a record of ownership cannot be read
   */
  public write(directory: string): void {
    writeTree(directory, this.tree, this.owned);
  }

  /**
   * Paths of a working copy that `write` would change: files that are missing, different or no longer wanted. Empty when
   * the working copy is up to date.
   *
   * @param directory root of the working copy
   * @throws InvalidInputError when a record of ownership cannot be read
   */
  public check(directory: string): string[] {
    return checkTree(directory, this.tree, this.owned);
  }
}
