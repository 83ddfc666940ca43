/** Texts for people break before this column. */
const WIDTH = 110;

/** Breaks a text into lines between words. */
export function wrap(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > WIDTH) {
      lines.push(indent + line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, indent + line];
}

/** A point of a list; its lines stand below each other. */
export function bullet(mark: string, text: string, indent: string = '    '): string[] {
  const [head, ...rest] = wrap(text, `${indent}  `);
  return [`${indent}${mark} ${head.trimStart()}`, ...rest];
}
