// Between what is sent to a server and what it keeps and answers.

/**
 * A change of an object, made to what the server stores of it: whoever edits an object keeps the defaults that the server has
 * filled in.
 */
export function carriedOver(before: any, after: any, stored: any): any {
  if (JSON.stringify(before) === JSON.stringify(after)) return stored;
  if (Array.isArray(before) && Array.isArray(after) && Array.isArray(stored) && before.length === after.length && before.length === stored.length) {
    return after.map((value, place) => carriedOver(before[place], value, stored[place]));
  }
  const maps = [before, after, stored].every((value) => typeof value === 'object' && value !== null && !Array.isArray(value));
  if (!maps) return after;
  const kept = Object.entries(stored).filter(([key]) => !(key in before) && !(key in after));
  return Object.fromEntries([...kept, ...Object.keys(after).map((key): [string, any] => [key, carriedOver(before[key], after[key], stored[key])])]);
}

/**
 * What admission sees of an object, by the answer to it: on the way back from a store, the server writes null for a list
 * that was sent empty.
 */
export function asAdmissionSees(sent: any, answered: any): any {
  if (answered === null && Array.isArray(sent) && sent.length === 0) return sent;
  if (Array.isArray(sent) && Array.isArray(answered) && sent.length === answered.length) {
    return answered.map((value, place) => asAdmissionSees(sent[place], value));
  }
  const maps = [sent, answered].every((value) => typeof value === 'object' && value !== null && !Array.isArray(value));
  if (!maps) return answered;
  return Object.fromEntries(Object.entries(answered).map(([key, value]) => [key, key in sent ? asAdmissionSees(sent[key], value) : value]));
}
