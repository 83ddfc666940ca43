// Says at once when the tasks run on a Node.js that cannot carry them. Plain JavaScript, so that any Node.js can read it.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `this repository runs on Node.js 22.18 or newer, and on the 24 that npm installs with it; this is ${process.versions.node} at ${process.execPath}\n`
    + 'cure: run `npm ci` without `--omit=optional` (it brings Node.js 24 for Linux x64 and arm64), and start tasks by `npx projen …` or `npm run …`;\n'
    + 'on another platform install Node.js 24 yourself\n');
  process.exit(1);
}
