// fast-check for tests: the same cases in every run, so that a build passes or fails for what is in the tree. Another seed
// looks elsewhere: `FAST_CHECK_SEED=7 npx jest …`, and `FAST_CHECK_SEED=random` as fast-check does by itself.
const path = require('node:path');

// by its path, because jest sends the name here
const fastCheck = require(path.join(__dirname, '../../node_modules/fast-check/lib/cjs/fast-check.js'));
const { FAST_CHECK_SEED: asked = '20261126' } = process.env;
if (asked !== 'random') fastCheck.configureGlobal({ ...fastCheck.readConfigureGlobal(), seed: Number(asked) });

module.exports = fastCheck;
