// npx projen benchmark [name…]: ratios measured in one run.
const NAMES = ['load', 'yaml', 'tenancy', 'proof', 'eks'];
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !NAMES.includes(name));
if (unknown.length) {
  process.stderr.write(`unknown benchmark ${unknown.join(', ')}; known are ${NAMES.join(', ')}\n`);
  process.exit(1);
}
process.stdout.write(`Node.js ${process.versions.node}, ${process.platform} ${process.arch}\n`);
for (const name of asked.length ? asked : NAMES) {
  const { run } = await import(`./${name}.mts`) as { run: () => void };
  run();
}
