// Belenios, version 1 of its format, group BELENIOS-2048, on the voter's own device (specification 2.0, sections 4.8,
// 4.11-4.15), and the blind signature by which somebody enrols (RFC 9474). Plain JavaScript, no library: a script of
// the page and of its worker alike. Hashes are written out here, so that it works where WebCrypto does not.
"use strict";
(function (self) {
  const P = BigInt(
    "20694785691422546401013643657505008064922989295751104097100884787057374219242717401922237254497684338129066633" +
    "13807895840496005438963628979639303877390572280360597374942767137677761889858987273586504908116709931053586778" +
    "09800307904916540637771737641986785272734744763418356000356983051931442845617019110007867373073335641239717328" +
    "97913240474578834468260652327974647951137672658693582180046317922073668860052627186363386088796882120769432366" +
    "14949100292344434637322214588410058642105024212036543356120132048111885240873107701415166620016231317716937218" +
    "9248078507711827842317498073276598828825169183103125680162072880719"
  );
  const G = BigInt(
    "24023526775018522092276877035323999327122876573783649165100753187876632741463532193202856761552696787996946682" +
    "98749389095083896573425601900601068477164491735474137283104610458681314511781646755400527402889846139864532661" +
    "21505579709716201616827031288643245666383486363578210615491841998253431518974065818686865115135857641013888221" +
    "53960160432288436039309893336627728484065931384060102316750957637779826651036068224066350766977640253462537730" +
    "85133173495194248967754052573659049492477631475991575198775177711481490920456600205478127054728238140972518639" +
    "858334115700568353695553423781475582491896050296680037745308460627"
  );
  const Q = BigInt("78571733251071885079927659812671450121821421258408794611510081919805623223441");
  const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  const [ZERO, ONE] = [BigInt(0), BigInt(1)];
  const UTF8 = new TextEncoder();

  // Bytes and numbers

  const bytes = (said) => (typeof said === "string" ? UTF8.encode(said) : said);

  function joined(...parts) {
    const all = parts.map(bytes);
    const whole = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of all) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  const number = (raw) => BigInt("0x" + Array.from(raw, (byte) => byte.toString(16).padStart(2, "0")).join(""));

  function bytesOf(value, length) {
    const hex = value.toString(16).padStart(2 * length, "0");
    return Uint8Array.from({ length }, (_, at) => parseInt(hex.slice(2 * at, 2 * at + 2), 16));
  }

  const base64 = (raw) => btoa(String.fromCharCode(...raw));
  const base64url = (raw) => base64(raw).replaceAll("+", "-").replaceAll("/", "_");

  function random(length) {
    const raw = new Uint8Array(length);
    self.crypto.getRandomValues(raw);
    return raw;
  }

  // SHA-256 (FIPS 180-4), HMAC and PBKDF2

  const primes = (count) => {
    const found = [];
    for (let each = 2; found.length < count; each++) if (found.every((one) => each % one)) found.push(each);
    return found;
  };
  const root = (value, power, bits) => { // the first bits of the fractional part of a root
    const shifted = BigInt(value) << BigInt(bits * power);
    let [low, high] = [ZERO, ONE << BigInt(bits + 16)];
    while (high - low > ONE) {
      const middle = (low + high) >> ONE;
      if (middle ** BigInt(power) <= shifted) low = middle;
      else high = middle;
    }
    return low & ((ONE << BigInt(bits)) - ONE);
  };
  const K32 = Int32Array.from(primes(64), (each) => Number(root(each, 3, 32)));
  const H32 = Int32Array.from(primes(8), (each) => Number(root(each, 2, 32)));
  const words = new Int32Array(64);

  function compress(state, block, at) {
    for (let i = 0; i < 16; i++, at += 4) {
      words[i] = (block[at] << 24) | (block[at + 1] << 16) | (block[at + 2] << 8) | block[at + 3];
    }
    for (let i = 16; i < 64; i++) {
      const [x, y] = [words[i - 15], words[i - 2]];
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      words[i] = (words[i - 16] + s0 + words[i - 7] + s1) | 0;
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const one = (h + s1 + ((e & f) ^ (~e & g)) + K32[i] + words[i]) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => { state[i] = (state[i] + value) | 0; });
  }

  function padded(message, size, counter) { // 0x80, zeros, the length in bits
    const length = Math.ceil((message.length + 1 + counter) / size) * size;
    const whole = new Uint8Array(length);
    whole.set(message);
    whole[message.length] = 0x80;
    const bits = message.length * 8;
    new DataView(whole.buffer).setUint32(length - 4, bits >>> 0);
    new DataView(whole.buffer).setUint32(length - 8, Math.floor(bits / 2 ** 32));
    return whole;
  }

  function sha256(said) {
    const whole = padded(bytes(said), 64, 8);
    const state = Int32Array.from(H32);
    for (let at = 0; at < whole.length; at += 64) compress(state, whole, at);
    const out = new DataView(new ArrayBuffer(32));
    state.forEach((value, i) => out.setInt32(4 * i, value));
    return new Uint8Array(out.buffer);
  }

  function hmac(key, said) {
    const block = new Uint8Array(64);
    block.set(key.length > 64 ? sha256(key) : key);
    return sha256(joined(block.map((byte) => byte ^ 0x5c), sha256(joined(block.map((byte) => byte ^ 0x36), said))));
  }

  function pbkdf2(password, salt, rounds) { // one block of 32 bytes
    let last = hmac(bytes(password), joined(salt, Uint8Array.of(0, 0, 0, 1)));
    const found = last.slice();
    for (let round = 1; round < rounds; round++) {
      last = hmac(bytes(password), last);
      for (let i = 0; i < 32; i++) found[i] ^= last[i];
    }
    return found;
  }

  // The group

  const mod = (value, modulus) => ((value % modulus) + modulus) % modulus;

  function power(base, exponent, modulus) { // windows of four bits
    const table = [ONE];
    for (let i = 1; i < 16; i++) table.push((table[i - 1] * base) % modulus);
    let found = ONE;
    for (const digit of exponent.toString(16)) {
      for (let i = 0; i < 4; i++) found = (found * found) % modulus;
      if (digit !== "0") found = (found * table[parseInt(digit, 16)]) % modulus;
    }
    return found;
  }

  function inverse(value, modulus) {
    let [r, s, a, b] = [modulus, mod(value, modulus), ZERO, ONE];
    while (s) {
      const quotient = r / s;
      [r, s] = [s, r - quotient * s];
      [a, b] = [b, a - quotient * b];
    }
    return r === ONE ? mod(a, modulus) : null;
  }

  class Fixed { // a base whose powers are laid out: 64 multiplications then take the place of 320
    constructor(base) {
      this.rows = [];
      for (let row = 0, step = base; row < 64; row++) {
        const table = [ONE];
        for (let i = 1; i <= 16; i++) table.push((table[i - 1] * step) % P);
        step = table.pop();
        this.rows.push(table);
      }
    }

    power(exponent) {
      let found = ONE;
      const digits = exponent.toString(16).padStart(64, "0");
      for (let at = 0; at < 64; at++) {
        const digit = digits[63 - at];
        if (digit !== "0") found = (found * this.rows[at][parseInt(digit, 16)]) % P;
      }
      return found;
    }
  }

  const laid = new Map();
  const fixed = (base) => {
    if (!laid.has(base)) laid.set(base, new Fixed(base));
    return laid.get(base);
  };

  function scalar() {
    for (;;) {
      const found = number(random(32));
      if (found < Q) return found;
    }
  }

  const challenge = (prefix, ...members) => number(sha256(prefix + members.join(","))) % Q;
  const fingerprint = (written) => base64(sha256(written)).replace(/=+$/, "");

  // Codes

  function checksum(token) {
    let worth = ZERO;
    for (const sign of token) worth = worth * BigInt(58) + BigInt(ALPHABET.indexOf(sign));
    return ALPHABET[53 - Number(worth % BigInt(53))];
  }

  const dashed = (bare) => bare.match(/.{3}/g).join("-");

  function newCode() {
    let token = "";
    while (token.length < 14) {
      const at = random(1)[0] & 63;
      if (at < 58) token += ALPHABET[at];
    }
    return dashed(token + checksum(token));
  }

  function checkedCode(typed) { // the code as it is written, or nothing where it was mistyped
    const bare = typed.replace(/[\s-]/g, "");
    const known = bare.length === 15 && [...bare].every((sign) => ALPHABET.includes(sign));
    return known && checksum(bare.slice(0, 14)) === bare[14] ? dashed(bare) : null;
  }

  const secretOf = (code, uuid) => number(pbkdf2(code, uuid, 1000)) % Q;
  const publicOf = (code, uuid) => fixed(G).power(secretOf(code, uuid));

  // Proofs

  function commitments(key, branch, proof) {
    const first = (fixed(G).power(proof.response) * power(branch.alpha, proof.challenge, P)) % P;
    let second = (fixed(key).power(proof.response) * power(branch.beta, proof.challenge, P)) % P;
    if (branch.value) second = (second * fixed(G).power(mod(-BigInt(branch.value) * proof.challenge, Q))) % P;
    return [first, second];
  }

  function proveOneOf(key, branches, prefix) { // the true branch alone brings its secret
    const proofs = branches.map(() => ({ challenge: scalar(), response: scalar() }));
    const nonce = scalar();
    const told = branches.map((branch, at) =>
      branch.secret === undefined ? commitments(key, branch, proofs[at]) : [fixed(G).power(nonce), fixed(key).power(nonce)]);
    const at = branches.findIndex((branch) => branch.secret !== undefined);
    const others = proofs.reduce((sum, proof, i) => (i === at ? sum : sum + proof.challenge), ZERO);
    const own = mod(challenge(prefix, ...told.flat()) - others, Q);
    proofs[at] = { challenge: own, response: mod(nonce - branches[at].secret * own, Q) };
    return proofs.map((proof) => ({ challenge: `${proof.challenge}`, response: `${proof.response}` }));
  }

  const branchOf = (cipher, value, secret) => ({ alpha: cipher.alpha, beta: cipher.beta, value, secret });

  function product(ciphers) {
    return ciphers.reduce((all, one) => ({ alpha: (all.alpha * one.alpha) % P, beta: (all.beta * one.beta) % P }),
      { alpha: ONE, beta: ONE });
  }

  function encrypt(key, value, secret) {
    const hidden = fixed(key).power(secret);
    return { alpha: fixed(G).power(secret), beta: value ? (hidden * G) % P : hidden };
  }

  function answer(key, question, vote, bound, step) {
    const secrets = vote.map(scalar);
    const ciphers = vote.map((value, at) => step(encrypt(key, value, secrets[at])));
    const individual = ciphers.map((cipher, at) => step(proveOneOf(
      key, [0, 1].map((value) => branchOf(cipher, value, value === vote[at] ? secrets[at] : undefined)),
      `prove|${bound}|${cipher.alpha},${cipher.beta}|`,
    )));
    const written = {
      choices: ciphers.map((one) => ({ alpha: `${one.alpha}`, beta: `${one.beta}` })),
      individual_proofs: individual,
    };
    return { ...written, ...whole(key, question, vote, { bound, ciphers, secrets }, step) };
  }

  function whole(key, question, vote, { bound, ciphers, secrets }, step) {
    const from = question.blank ? 1 : 0;
    const said = ciphers.map((one) => `${one.alpha},${one.beta}`).join(",");
    const all = product(ciphers.slice(from));
    const chosen = vote.slice(from).reduce((sum, value) => sum + value, 0);
    const secret = secrets.slice(from).reduce((sum, value) => (sum + value) % Q, ZERO);
    const blank = question.blank && vote[0] === 1;
    const range = [];
    for (let value = question.min; value <= question.max; value++) {
      range.push(branchOf(all, value, !blank && value === chosen ? secret : undefined));
    }
    if (!question.blank) {
      return { overall_proof: step(proveOneOf(key, range, `prove|${bound}|${said}|${all.alpha},${all.beta}|`)) };
    }
    const isBlank = branchOf(ciphers[0], 1, blank ? secrets[0] : undefined);
    const notBlank = branchOf(ciphers[0], 0, blank ? undefined : secrets[0]);
    const nothing = branchOf(all, 0, blank ? secret : undefined);
    return {
      overall_proof: step(proveOneOf(key, [isBlank, ...range], `bproof1|${bound}|${said}|`)),
      blank_proof: step(proveOneOf(key, [notBlank, nothing], `bproof0|${bound}|${said}|`)),
    };
  }

  function fits(question, vote) {
    const [blank, chosen] = question.blank ? [vote[0], vote.slice(1)] : [0, vote];
    const count = chosen.reduce((sum, value) => sum + value, 0);
    return vote.length === question.answers.length + (question.blank ? 1 : 0) && vote.every((value) => value === 0 || value === 1) &&
      (blank ? count === 0 : question.min <= count && count <= question.max);
  }

  function cast(written, code, votes, progress) { // the ballot, as it is handed in and hashed
    const election = JSON.parse(written);
    const key = BigInt(election.public_key);
    if (election.version !== 1 || election.group !== "BELENIOS-2048" || power(key, Q, P) !== ONE) throw new Error("election");
    if (votes.length !== election.questions.length || !votes.every((vote, at) => fits(election.questions[at], vote))) throw new Error("votes");
    const steps = votes.reduce((sum, vote, at) => sum + 2 * vote.length + (election.questions[at].blank ? 2 : 1), 0);
    let done = 0;
    const step = (made) => {
      if (progress) progress(++done / steps);
      return made;
    };
    const secret = secretOf(code, election.uuid);
    const credential = fixed(G).power(secret);
    const hash = fingerprint(written);
    const answers = votes.map((vote, at) => answer(key, election.questions[at], vote, `${hash}|${credential}`, step));
    const ballot = { election_uuid: election.uuid, election_hash: hash, credential: `${credential}`, answers };
    const told = fingerprint(JSON.stringify(ballot));
    const nonce = scalar();
    const own = challenge(`sig|${told}|`, fixed(G).power(nonce));
    const response = mod(nonce - secret * own, Q);
    ballot.signature = { hash: told, proof: { challenge: `${own}`, response: `${response}` } };
    return JSON.stringify(ballot);
  }

  // SHA-384 and RSABSSA-SHA384-PSS-Deterministic

  const ALL = (ONE << BigInt(64)) - ONE;
  const K64 = primes(80).map((each) => root(each, 3, 64));
  const H64 = primes(16).slice(8).map((each) => root(each, 2, 64));
  const turn = (value, by) => ((value >> BigInt(by)) | (value << BigInt(64 - by))) & ALL;

  function compress64(state, block) {
    const w = [];
    for (let i = 0; i < 16; i++) w.push(number(block.subarray(8 * i, 8 * i + 8)));
    for (let i = 16; i < 80; i++) {
      const s0 = turn(w[i - 15], 1) ^ turn(w[i - 15], 8) ^ (w[i - 15] >> BigInt(7));
      const s1 = turn(w[i - 2], 19) ^ turn(w[i - 2], 61) ^ (w[i - 2] >> BigInt(6));
      w.push((w[i - 16] + s0 + w[i - 7] + s1) & ALL);
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 80; i++) {
      const one = h + (turn(e, 14) ^ turn(e, 18) ^ turn(e, 41)) + ((e & f) ^ (~e & ALL & g)) + K64[i] + w[i];
      const two = (turn(a, 28) ^ turn(a, 34) ^ turn(a, 39)) + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) & ALL, c, b, a, (one + two) & ALL];
    }
    return [a, b, c, d, e, f, g, h].map((value, i) => (state[i] + value) & ALL);
  }

  function sha384(said) {
    const message = padded(bytes(said), 128, 16);
    let state = H64;
    for (let at = 0; at < message.length; at += 128) state = compress64(state, message.subarray(at, at + 128));
    return joined(...state.slice(0, 6).map((value) => bytesOf(value, 8)));
  }

  function mask(seed, length) { // MGF1
    const parts = [];
    for (let i = 0; 48 * i < length; i++) parts.push(sha384(joined(seed, bytesOf(BigInt(i), 4))));
    return joined(...parts).subarray(0, length);
  }

  function encoded(message, bits, salt) { // EMSA-PSS-ENCODE, RFC 8017, section 9.1.1
    const length = Math.ceil(bits / 8);
    const digest = sha384(joined(new Uint8Array(8), sha384(message), salt));
    const block = joined(new Uint8Array(length - salt.length - 50), Uint8Array.of(1), salt);
    const masked = number(block) ^ number(mask(digest, block.length));
    const kept = masked & ((ONE << BigInt(bits - 8 * 49)) - ONE);
    return (kept << BigInt(8 * 49)) | number(joined(digest, Uint8Array.of(0xbc)));
  }

  // Everything that enrolling needs follows from the code, so that whoever kept it can begin again where it broke off.
  function blinded(code, uuid, { n, e }) {
    const modulus = BigInt(n);
    const stream = (what, length) => {
      const parts = [];
      for (let i = 0; 32 * i < length; i++) parts.push(sha256(`${what}|${i}|${code}|${uuid}`));
      return joined(...parts).subarray(0, length);
    };
    const token = stream("token", 32);
    const size = modulus.toString(16).length / 2;
    const message = encoded(token, size * 8 - 1, stream("salt", 48));
    const factor = number(stream("blind", size + 16)) % modulus;
    const undo = inverse(factor, modulus);
    if (!undo || inverse(message, modulus) === null) throw new Error("blind");
    const hidden = (message * power(factor, BigInt(e), modulus)) % modulus;
    const open = (signed) => { // the key of the voice, or an error where something else was signed
      const signature = (number(signed) * undo) % modulus;
      if (power(signature, BigInt(e), modulus) !== message) throw new Error("signature");
      return base64url(joined(token, bytesOf(signature, size)));
    };
    return { request: base64url(bytesOf(hidden, size)), open };
  }

  self.belenios = { base64url, blinded, cast, checkedCode, fingerprint, newCode, publicOf, sha256, sha384 };
})(typeof self === "undefined" ? globalThis : self);
