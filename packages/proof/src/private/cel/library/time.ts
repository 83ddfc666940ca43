import { CelError } from '../cel-error';
import { CelObject, int, Ordered } from '../values';
import { plainNumber } from './go-text';
import { Library } from './library';

const SECOND = 1_000_000_000n;
const DAY = 86_400n;
const UNITS: { readonly [unit: string]: bigint } = Object.fromEntries([
  ['ns', 1n], ['us', 1_000n], ['µs', 1_000n], ['μs', 1_000n], ['ms', 1_000_000n], ['s', SECOND], ['m', 60n * SECOND], ['h', 3_600n * SECOND],
]);

/** The first second of the year 1, which is the zero of times. */
export const YEAR_ONE = -62_135_596_800n;
const MOST = 253_402_300_799n;

/** A length of time. */
export class Duration extends CelObject implements Ordered {
  public readonly kind = 'duration';

  constructor(public readonly nanoseconds: bigint) {
    super();
    int(nanoseconds);
  }

  public equals(other: Duration): boolean {
    return this.nanoseconds === other.nanoseconds;
  }

  public compareTo(other: Duration): number {
    return this.nanoseconds < other.nanoseconds ? -1 : this.nanoseconds > other.nanoseconds ? 1 : 0;
  }

  public plus(other: Duration): Duration {
    return new Duration(this.nanoseconds + other.nanoseconds);
  }

  public toString(): string {
    return this.nanoseconds === 0n ? '0s' : `${plainNumber(Number(this.nanoseconds / SECOND) + Number(this.nanoseconds % SECOND) / 1e9)}s`;
  }
}

/** A point in time, in nanoseconds since 1970. */
export class Timestamp extends CelObject implements Ordered {
  public readonly kind = 'timestamp';

  constructor(
    public readonly nanoseconds: bigint,

    /** Seconds by which the clock it was read from is ahead; only texts show it. */
    public readonly ahead: bigint = 0n,
  ) {
    super();
    if (this.seconds < YEAR_ONE || this.seconds > MOST) throw new CelError('timestamp overflow');
  }

  /** Whole seconds since 1970, rounded down. */
  public get seconds(): bigint {
    return floor(this.nanoseconds, SECOND);
  }

  public equals(other: Timestamp): boolean {
    return this.nanoseconds === other.nanoseconds;
  }

  public compareTo(other: Timestamp): number {
    return this.nanoseconds < other.nanoseconds ? -1 : this.nanoseconds > other.nanoseconds ? 1 : 0;
  }

  public toString(): string {
    const clock = this.seconds + this.ahead;
    const { year, month, day } = civil(floor(clock, DAY));
    const within = modulo(clock, DAY);
    const part = (value: bigint, width: number) => String(value).padStart(width, '0');
    const fraction = part(this.nanoseconds - this.seconds * SECOND, 9).replace(/0+$/, '');
    const away = this.ahead < 0n ? -this.ahead : this.ahead;
    const zone = away === 0n ? 'Z' : `${this.ahead < 0n ? '-' : '+'}${part(away / 3600n, 2)}:${part(away / 60n % 60n, 2)}`;
    return `${part(year, 4)}-${part(month, 2)}-${part(day, 2)}T${part(within / 3600n, 2)}:${part(within / 60n % 60n, 2)}:${part(within % 60n, 2)}${fraction && `.${fraction}`}${zone}`;
  }
}

/** Times and lengths of time. */
export function addTime(library: Library): void {
  const own = <T>(value: T) => value;
  library.function('timestamp', 'timestamp', 'timestamp', own)
    .function('timestamp', 'int', 'timestamp', (seconds: bigint) => new Timestamp(seconds * SECOND))
    .function('timestamp', 'string', 'timestamp', parseTimestamp)
    .function('duration', 'duration', 'duration', own)
    .function('duration', 'int', 'duration', () => {
      throw new CelError("type conversion error from 'int' to 'google.protobuf.Duration'");
    })
    .function('duration', 'string', 'duration', parseDuration)
    .function('int', 'timestamp', 'int', (time: Timestamp) => time.seconds)
    .function('int', 'duration', 'int', ({ nanoseconds }: Duration) => nanoseconds)
    .function('string', 'timestamp', 'string', String)
    .function('string', 'duration', 'string', String)
    .function('+', 'duration, duration', 'duration', (a: Duration, b: Duration) => a.plus(b))
    .function('+', 'duration, timestamp', 'timestamp', (a: Duration, b: Timestamp) => new Timestamp(a.nanoseconds + b.nanoseconds, b.ahead))
    .function('+', 'timestamp, duration', 'timestamp', (a: Timestamp, b: Duration) => new Timestamp(a.nanoseconds + b.nanoseconds, a.ahead))
    .function('-', 'duration, duration', 'duration', (a: Duration, b: Duration) => new Duration(a.nanoseconds - b.nanoseconds))
    .function('-', 'timestamp, duration', 'timestamp', (a: Timestamp, b: Duration) => new Timestamp(a.nanoseconds - b.nanoseconds, a.ahead))
    .function('-', 'timestamp, timestamp', 'duration', (a: Timestamp, b: Timestamp) => new Duration(a.nanoseconds - b.nanoseconds))
    .method('getHours', 'duration', 'int', ({ nanoseconds }: Duration) => nanoseconds / (3_600n * SECOND))
    .method('getMinutes', 'duration', 'int', ({ nanoseconds }: Duration) => nanoseconds / (60n * SECOND))
    .method('getSeconds', 'duration', 'int', ({ nanoseconds }: Duration) => nanoseconds / SECOND)
    .method('getMilliseconds', 'duration', 'int', ({ nanoseconds }: Duration) => nanoseconds / 1_000_000n);
  for (const [name, read] of Object.entries(PARTS)) {
    library.method(name, 'timestamp', 'int', (time: Timestamp) => read(time.nanoseconds))
      .method(name, 'timestamp, string', 'int', (time: Timestamp, zone: string) => read(time.nanoseconds + offset(time, zone)));
  }
}

/** Parts of a time by the nanoseconds on a clock on the wall. */
const PARTS: { readonly [name: string]: (nanoseconds: bigint) => bigint } = {
  getFullYear: (time) => civil(floor(time, DAY * SECOND)).year,
  getMonth: (time) => civil(floor(time, DAY * SECOND)).month - 1n,
  getDate: (time) => civil(floor(time, DAY * SECOND)).day,
  getDayOfMonth: (time) => civil(floor(time, DAY * SECOND)).day - 1n,
  getDayOfYear: (time) => floor(time, DAY * SECOND) - days(civil(floor(time, DAY * SECOND)).year, 1n, 1n),
  getDayOfWeek: (time) => modulo(floor(time, DAY * SECOND) + 4n, 7n),
  getHours: (time) => modulo(floor(time, 3_600n * SECOND), 24n),
  getMinutes: (time) => modulo(floor(time, 60n * SECOND), 60n),
  getSeconds: (time) => modulo(floor(time, SECOND), 60n),
  getMilliseconds: (time) => modulo(floor(time, 1_000_000n), 1_000n),
};

function parseTimestamp(text: string): Timestamp {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(?:Z|([+-])(\d\d):(\d\d))$/.exec(text);
  const failed = new CelError("type conversion error from 'string' to 'google.protobuf.Timestamp'");
  if (match === null) throw failed;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(BigInt);
  const date = days(year, month, day);
  const there = civil(date);
  if (there.month !== month || there.day !== day || hour > 23n || minute > 59n || second > 59n) throw failed;
  const away = match[8] === undefined ? 0n : BigInt(match[9]) * 3_600n + BigInt(match[10]) * 60n;
  if (match[8] !== undefined && (Number(match[9]) > 24 || Number(match[10]) > 60)) throw failed;
  const ahead = match[8] === '-' ? -away : away;
  const seconds = date * DAY + hour * 3_600n + minute * 60n + second - ahead;
  return new Timestamp(seconds * SECOND + BigInt((match[7] ?? '').slice(0, 9).padEnd(9, '0')), ahead);
}

function parseDuration(text: string): Duration {
  const failed = new CelError("type conversion error from 'string' to 'google.protobuf.Duration'");
  const unsigned = text.replace(/^[+-]/, '');
  if (unsigned === '0') return new Duration(0n);
  if (!/^(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(unsigned)) throw failed;
  let nanoseconds = 0n;
  for (const [, whole, fraction, unit] of unsigned.matchAll(/(\d*)\.?(\d*)(ns|us|µs|μs|ms|s|m|h)/g)) {
    nanoseconds += BigInt(whole || '0') * UNITS[unit] + BigInt(fraction || '0') * UNITS[unit] / 10n ** BigInt(fraction.length);
  }
  if (nanoseconds > 9223372036854775807n) throw failed;
  return new Duration(text.startsWith('-') ? -nanoseconds : nanoseconds);
}

/** How far a clock in a zone is ahead, in nanoseconds. */
function offset(time: Timestamp, zone: string): bigint {
  const fixed = /^([+-]?)(\d+):(\d+)$/.exec(zone);
  if (fixed !== null) {
    const seconds = BigInt(fixed[2]) * 3_600n + BigInt(fixed[3]) * 60n;
    return (fixed[1] === '-' ? -seconds : seconds) * SECOND;
  }
  if (zone === '' || zone === 'UTC') return 0n;
  let parts: { [type: string]: string };
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone, hourCycle: 'h23', era: 'short', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    });
    parts = Object.fromEntries(format.formatToParts(Number(time.seconds) * 1000).map(({ type, value }) => [type, value]));
  } catch {
    throw new CelError(`unknown time zone ${zone}`);
  }
  const [year, month, day, hour, minute, second] = ['year', 'month', 'day', 'hour', 'minute', 'second'].map((part) => BigInt(parts[part]));
  const clock = days(year, month, day) * DAY + hour * 3_600n + minute * 60n + second;
  return (clock - time.seconds) * SECOND;
}

/** Days since 1970 of a date of the Gregorian calendar. */
function days(year: bigint, month: bigint, day: bigint): bigint {
  const years = month <= 2n ? year - 1n : year;
  const era = floor(years, 400n);
  const ofEra = years - era * 400n;
  const ofYear = (153n * (month + (month > 2n ? -3n : 9n)) + 2n) / 5n + day - 1n;
  return era * 146_097n + ofEra * 365n + ofEra / 4n - ofEra / 100n + ofYear - 719_468n;
}

function civil(daysSince: bigint): { year: bigint; month: bigint; day: bigint } {
  const shifted = daysSince + 719_468n;
  const era = floor(shifted, 146_097n);
  const ofEra = shifted - era * 146_097n;
  const years = (ofEra - ofEra / 1_460n + ofEra / 36_524n - ofEra / 146_096n) / 365n;
  const ofYear = ofEra - (365n * years + years / 4n - years / 100n);
  const shiftedMonth = (5n * ofYear + 2n) / 153n;
  const month = shiftedMonth < 10n ? shiftedMonth + 3n : shiftedMonth - 9n;
  return { year: years + era * 400n + (month <= 2n ? 1n : 0n), month, day: ofYear - (153n * shiftedMonth + 2n) / 5n + 1n };
}

function floor(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}

function modulo(value: bigint, by: bigint): bigint {
  return ((value % by) + by) % by;
}
