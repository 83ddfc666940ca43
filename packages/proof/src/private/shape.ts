import { Problems } from '@viridial/core';
import { show } from './text';

/** Where the problems of one object go, and what the object is called. */
interface Sink {
  readonly owner: string;
  readonly problems: Problems;
}

/**
 * Reads fields of an object that nobody has checked.
 *
 * A field of the wrong type is a collected problem that names the object, and is read as absent, so that
 * one reading tells everything. `null` is absent, as for the API server. The path is only put together
 * when there is something to tell.
 */
export class Shape {
  /**
   * @param value the object as read from YAML
   * @param owner identity of the object, for the problems
   * @param problems where the problems go
   */
  public static of(value: { [key: string]: any }, owner: string, problems: Problems): Shape {
    return new Shape(value, undefined, '', { owner, problems });
  }

  private constructor(
    /** The object itself. */
    public readonly value: { [key: string]: any },
    private readonly parent: Shape | undefined,
    private readonly segment: string,
    private readonly sink: Sink,
  ) {}

  /** Property path of this object, or of one of its fields. */
  public path(field: string = ''): string {
    const own = this.parent === undefined ? '' : this.parent.path(this.segment);
    if (field === '') return own;
    return own === '' || field.startsWith('[') ? own + field : `${own}.${field}`;
  }

  /** Whether the field is there at all. */
  public has(field: string): boolean {
    return this.value[field] !== undefined && this.value[field] !== null;
  }

  /** A field that is text. */
  public text(field: string): string | undefined {
    return this.read(field, 'text', (value) => typeof value === 'string');
  }

  /** A field that is true or false. */
  public flag(field: string): boolean | undefined {
    return this.read(field, 'true or false', (value) => typeof value === 'boolean');
  }

  /** A field that is a whole number. */
  public whole(field: string): number | undefined {
    return this.read(field, 'a whole number', (value) => Number.isInteger(value));
  }

  /** A field that is an object. */
  public child(field: string): Shape | undefined {
    const value = this.read<{ [key: string]: any }>(field, 'an object', isObject);
    return value === undefined ? undefined : new Shape(value, this, field, this.sink);
  }

  /** A field that is a list of objects; those that are not are left out. */
  public children(field: string): Shape[] {
    return this.list(field).flatMap((value, index) => {
      const segment = `${field}[${index}]`;
      if (isObject(value)) return [new Shape(value, this, segment, this.sink)];
      this.wrong(segment, `${show(value)} is not an object`, 'an object');
      return [];
    });
  }

  /** A field that is a list of texts; those that are not are left out. */
  public texts(field: string): string[] {
    return this.list(field).filter((value, index): value is string => {
      if (typeof value === 'string') return true;
      this.wrong(`${field}[${index}]`, `${show(value)} is not text`, 'text', quoteCure(value));
      return false;
    });
  }

  /** A field that maps names to texts: labels, annotations. */
  public labels(field: string): { [key: string]: string } {
    const map = this.read<{ [key: string]: any }>(field, 'a map of texts', isObject);
    const labels: { [key: string]: string } = {};
    for (const key of Object.keys(map ?? {})) {
      const value = map![key];
      if (typeof value === 'string') labels[key] = value;
      else if (value !== undefined) this.wrong(`${field}['${key}']`, `${show(value)} is not text`, 'text', quoteCure(value));
    }
    return labels;
  }

  /** Tells that a field is wrong in a way its type does not show. */
  public wrong(field: string, message: string, allowed?: string, cure?: string): void {
    this.tell('MalformedObject', field, message, allowed, cure);
  }

  /** Tells of a field that is right and beyond what is read here. */
  public unread(field: string, message: string, allowed?: string, cure?: string): void {
    this.tell('UnreadPolicyField', field, message, allowed, cure);
  }

  private tell(code: string, field: string, message: string, allowed: string | undefined, cure: string | undefined): void {
    this.sink.problems.error({ code, path: `${this.sink.owner} ${this.path(field)}`.trimEnd(), message, allowed, cure });
  }

  private list(field: string): any[] {
    return this.read<any[]>(field, 'a list', Array.isArray) ?? [];
  }

  private read<T>(field: string, allowed: string, fits: (value: unknown) => boolean): T | undefined {
    const value = this.value[field];
    if (value === undefined || value === null) return undefined;
    if (fits(value)) return value;
    this.wrong(field, `${show(value)} is not ${allowed}`, allowed, allowed === 'text' ? quoteCure(value) : undefined);
    return undefined;
  }
}

/** Whether a value is a map and neither a list nor nothing. */
export function isObject(value: unknown): value is { [key: string]: any } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** YAML reads `on`, `1.20` and `0755` as something else than text. */
function quoteCure(value: unknown): string | undefined {
  return typeof value === 'number' || typeof value === 'boolean' ? `write it in quotes: '${value}'` : undefined;
}
