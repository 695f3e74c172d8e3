// Votes with the booth's own script, outside of a browser: reads and prints JSON.
"use strict";
const fs = require("fs");
const { script, election, codes, votes } = JSON.parse(fs.readFileSync(0, "utf8"));
require(script);
const { belenios } = globalThis;
const { uuid, group } = JSON.parse(election);
const ballots = codes.map((code, at) => belenios.cast(election, code, votes[at]));
const keys = codes.map((code) => belenios.publicOf(code, uuid, group));
process.stdout.write(JSON.stringify({ ballots, keys }));
