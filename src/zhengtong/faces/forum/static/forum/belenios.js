// Belenios, version 1 of its format, groups BELENIOS-2048 and Ed25519, on the voter's own device (specification 2.0,
// sections 4.8, 4.11-4.15), and the blind signature by which somebody enrols (RFC 9474). Plain JavaScript, no library: a script of
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
  const FIELD = (BigInt(1) << BigInt(255)) - BigInt(19); // of Ed25519 (RFC 8032)
  const ORDER = (BigInt(1) << BigInt(252)) + BigInt("27742317777372353535851937790883648493");
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
  const base64url = (raw) => base64(raw).replace(/\+/g, "-").replace(/\//g, "_");

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

  // Both groups, written multiplicatively. What is read is in its one canonical form; `member` says whether it belongs.

  const modular = {
    name: "BELENIOS-2048", q: Q, g: G, one: ONE,
    times: (one, other) => (one * other) % P,
    write: (member) => `${member}`,
    read(written) {
      const found = /^(0|[1-9][0-9]{0,616})$/.test(written) ? BigInt(written) : ZERO;
      return found > ZERO && found < P ? found : null;
    },
    member: (found) => power(found, Q, P) === ONE,
  };

  const D = mod(BigInt(-121665) * inverse(BigInt(121666), FIELD), FIELD);
  const HALF = power(BigInt(2), (FIELD - ONE) / BigInt(4), FIELD); // a root of -1
  const SIGN = ONE << BigInt(255);

  function abscissa(y, odd) { // RFC 8032, section 5.1.3
    const [u, v] = [mod(y * y - ONE, FIELD), mod(D * y * y + ONE, FIELD)];
    let x = mod(u * v ** BigInt(3) * power(mod(u * v ** BigInt(7), FIELD), (FIELD - BigInt(5)) / BigInt(8), FIELD), FIELD);
    if (mod(v * x * x + u, FIELD) === ZERO) x = (x * HALF) % FIELD;
    if (y >= FIELD || mod(v * x * x - u, FIELD) !== ZERO || (x === ZERO && odd)) return null;
    return (x % BigInt(2) === ONE) === odd ? x : FIELD - x;
  }

  const edwards = { // points as [X, Y, Z, T] with x = X/Z, y = Y/Z, x y = T/Z
    name: "Ed25519", q: ORDER, one: [ZERO, ONE, ONE, ZERO],
    times([x1, y1, z1, t1], [x2, y2, z2, t2]) {
      const [a, b] = [((y1 - x1) * (y2 - x2)) % FIELD, ((y1 + x1) * (y2 + x2)) % FIELD];
      const [c, d] = [(((((t1 * t2) % FIELD) * D) % FIELD) << ONE), (z1 * z2) << ONE];
      const [e, f, g, h] = [b - a, (d - c) % FIELD, (d + c) % FIELD, b + a];
      return [(e * f) % FIELD, (g * h) % FIELD, (f * g) % FIELD, (e * h) % FIELD];
    },
    write([x, y, z]) {
      const scale = inverse(z, FIELD);
      const bit = mod(x * scale, FIELD) % BigInt(2) === ONE ? SIGN : ZERO;
      return (mod(y * scale, FIELD) | bit).toString(16).padStart(64, "0");
    },
    read(written) {
      if (!/^[0-9a-f]{64}$/.test(written)) return null;
      const raw = BigInt(`0x${written}`);
      const y = raw % SIGN;
      const x = abscissa(y, raw >= SIGN);
      return x === null ? null : [x, y, ONE, (x * y) % FIELD];
    },
    member: (found) => edwards.write(fixed(edwards, found).power(ORDER)) === edwards.write(edwards.one),
  };
  edwards.g = edwards.read((mod(BigInt(4) * inverse(BigInt(5), FIELD), FIELD)).toString(16).padStart(64, "0"));
  const GROUPS = { [modular.name]: modular, [edwards.name]: edwards };

  class Fixed { // a base whose powers are laid out: 64 multiplications then take the place of 320
    constructor(group, base) {
      this.group = group;
      this.rows = [];
      for (let row = 0, step = base; row < 64; row++) {
        const table = [group.one];
        for (let i = 1; i <= 16; i++) table.push(group.times(table[i - 1], step));
        step = table.pop();
        this.rows.push(table);
      }
    }

    power(exponent) {
      let found = this.group.one;
      const digits = exponent.toString(16).padStart(64, "0");
      for (let at = 0; at < 64; at++) {
        const digit = digits[63 - at];
        if (digit !== "0") found = this.group.times(found, this.rows[at][parseInt(digit, 16)]);
      }
      return found;
    }
  }

  const laid = new Map();
  function fixed(group, base) {
    const name = `${group.name} ${base}`;
    if (!laid.has(name)) laid.set(name, new Fixed(group, base));
    return laid.get(name);
  }

  function scalar(group) {
    for (;;) {
      const found = number(random(32));
      if (found < group.q) return found;
    }
  }

  const challenge = (group, prefix, ...members) => number(sha256(prefix + members.map(group.write).join(","))) % group.q;
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

  const secretOf = (code, uuid, group) => number(pbkdf2(code, uuid, 1000)) % group.q;
  const publicOf = (code, uuid, name) => {
    const group = GROUPS[name];
    return group.write(fixed(group, group.g).power(secretOf(code, uuid, group)));
  };

  // Proofs. A ciphertext here brings what its maker alone knows of it: alpha is g^secret, beta is y^secret g^value.
  // So no power is needed but those of generator and key.

  function committed({ group, key }, cipher, value, proof) {
    const exponent = mod(proof.response + cipher.secret * proof.challenge, group.q);
    const apart = mod(BigInt(cipher.value - value) * proof.challenge, group.q);
    const second = fixed(group, key).power(exponent);
    return [fixed(group, group.g).power(exponent), apart ? group.times(second, fixed(group, group.g).power(apart)) : second];
  }

  function proveOneOf(election, branches, prefix) { // that one of them holds the value that is claimed of it
    const { group } = election;
    const at = branches.findIndex(({ cipher, value }) => cipher.value === value);
    const proofs = branches.map((_, i) => ({ challenge: i === at ? ZERO : scalar(group), response: scalar(group) }));
    const told = branches.map(({ cipher, value }, i) => committed(election, cipher, value, proofs[i]));
    const others = proofs.reduce((sum, proof) => sum + proof.challenge, ZERO);
    const own = mod(challenge(group, prefix, ...told.flat()) - others, group.q);
    proofs[at] = { challenge: own, response: mod(proofs[at].response - branches[at].cipher.secret * own, group.q) };
    return proofs.map((proof) => ({ challenge: `${proof.challenge}`, response: `${proof.response}` }));
  }

  function summed({ group }, ciphers) {
    return ciphers.reduce((all, one) => ({
      alpha: group.times(all.alpha, one.alpha), beta: group.times(all.beta, one.beta),
      secret: (all.secret + one.secret) % group.q, value: all.value + one.value,
    }), { alpha: group.one, beta: group.one, secret: ZERO, value: 0 });
  }

  function encrypt({ group, key }, value) {
    const secret = scalar(group);
    const hidden = fixed(group, key).power(secret);
    return { alpha: fixed(group, group.g).power(secret), beta: value ? group.times(hidden, group.g) : hidden, secret, value };
  }

  function answer(election, question, vote, bound, step) {
    const { group } = election;
    const ciphers = vote.map((value) => step(encrypt(election, value)));
    const choices = ciphers.map((one) => ({ alpha: group.write(one.alpha), beta: group.write(one.beta) }));
    const said = choices.map((one) => `${one.alpha},${one.beta}`);
    const individual = ciphers.map((cipher, at) => step(proveOneOf(
      election, [0, 1].map((value) => ({ cipher, value })), `prove|${bound}|${said[at]}|`,
    )));
    return { choices, individual_proofs: individual, ...whole(election, question, ciphers, `${bound}|${said.join(",")}`, step) };
  }

  function whole(election, question, ciphers, bound, step) {
    const { group } = election;
    const all = summed(election, ciphers.slice(question.blank ? 1 : 0));
    const range = [];
    for (let value = question.min; value <= question.max; value++) range.push({ cipher: all, value });
    if (!question.blank) {
      const sum = `${group.write(all.alpha)},${group.write(all.beta)}`;
      return { overall_proof: step(proveOneOf(election, range, `prove|${bound}|${sum}|`)) };
    }
    const [blank] = ciphers;
    return {
      overall_proof: step(proveOneOf(election, [{ cipher: blank, value: 1 }, ...range], `bproof1|${bound}|`)),
      blank_proof: step(proveOneOf(election, [{ cipher: blank, value: 0 }, { cipher: all, value: 0 }], `bproof0|${bound}|`)),
    };
  }

  function fits(question, vote) {
    const [blank, chosen] = question.blank ? [vote[0], vote.slice(1)] : [0, vote];
    const count = chosen.reduce((sum, value) => sum + value, 0);
    return vote.length === question.answers.length + (question.blank ? 1 : 0) && vote.every((value) => value === 0 || value === 1) &&
      (blank ? count === 0 : question.min <= count && count <= question.max);
  }

  function opened(written) { // an election whose key belongs to a group that is known here
    const election = JSON.parse(written);
    const group = GROUPS[election.group];
    const key = group ? group.read(election.public_key) : null;
    if (election.version !== 1 || key === null || !group.member(key)) throw new Error("election");
    return { ...election, group, key };
  }

  function cast(written, code, votes, progress) { // the ballot, as it is handed in and hashed
    const election = opened(written);
    const { group, questions, uuid } = election;
    if (votes.length !== questions.length || !votes.every((vote, at) => fits(questions[at], vote))) throw new Error("votes");
    const steps = votes.reduce((sum, vote, at) => sum + 2 * vote.length + (questions[at].blank ? 2 : 1), 0);
    let done = 0;
    const step = (made) => {
      if (progress) progress(++done / steps);
      return made;
    };
    const secret = secretOf(code, uuid, group);
    const credential = group.write(fixed(group, group.g).power(secret));
    const hash = fingerprint(written);
    const answers = votes.map((vote, at) => answer(election, questions[at], vote, `${hash}|${credential}`, step));
    const ballot = { election_uuid: uuid, election_hash: hash, credential, answers };
    const told = fingerprint(JSON.stringify(ballot));
    const nonce = scalar(group);
    const own = challenge(group, `sig|${told}|`, fixed(group, group.g).power(nonce));
    const response = mod(nonce - secret * own, group.q);
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

  self.belenios = { base64url, blinded, cast, checkedCode, fingerprint, fixed, groups: GROUPS, newCode, publicOf, sha256, sha384 };
})(typeof self === "undefined" ? globalThis : self);
