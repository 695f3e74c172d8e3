// The voice of a round, blinded on this device (RFC 9474, RSABSSA-SHA384-PSS-Deterministic on 32 random bytes) and kept
// in this browser. Without this script, or on an old device, the program blinds in its stead, as the page then says.
const HASH = 48, SALT = 48, TOKEN = 32;
const utf8 = new TextEncoder();

const number = (bytes) => bytes.reduce((sum, each) => (sum << 8n) | BigInt(each), 0n);
const bytes = (value, length) => Uint8Array.from({ length }, (_, at) => Number((value >> BigInt(8 * (length - 1 - at))) & 255n));
const text = (raw) => btoa(String.fromCharCode(...raw)).replace(/\+/g, "-").replace(/\//g, "_");
const raw = (written) => Uint8Array.from(atob(written.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const joined = (...parts) => Uint8Array.from(parts.flatMap((each) => [...each]));
const random = (length) => crypto.getRandomValues(new Uint8Array(length));
const digest = async (name, data) => new Uint8Array(await crypto.subtle.digest(name, data));

function power(base, exponent, n) {
  let result = 1n;
  for (base %= n; exponent > 0n; exponent >>= 1n, base = (base * base) % n) if (exponent & 1n) result = (result * base) % n;
  return result;
}

function inverseOf(value, n) {
  let [before, after, was, is] = [n, value % n, 0n, 1n];
  while (after > 0n) {
    const times = before / after;
    [before, after, was, is] = [after, before - times * after, is, was - times * is];
  }
  return before === 1n ? ((was % n) + n) % n : null;
}

async function mask(seed, length) {
  const blocks = [];
  for (let at = 0; at * HASH < length; at++) blocks.push(await digest("SHA-384", joined(seed, bytes(BigInt(at), 4))));
  return joined(...blocks).slice(0, length);
}

// EMSA-PSS-ENCODE of RFC 8017, section 9.1.1
async function encoded(message, bits, salt) {
  const length = Math.ceil(bits / 8);
  const hash = await digest("SHA-384", joined(new Uint8Array(8), await digest("SHA-384", message), salt));
  const block = joined(new Uint8Array(length - salt.length - HASH - 2), [1], salt);
  const over = await mask(hash, block.length);
  const masked = block.map((each, at) => each ^ over[at]);
  masked[0] &= 255 >> (8 * length - bits);
  return joined(masked, hash, [0xbc]);
}

export async function blind(key, message, salt = random(SALT), factor = null) {
  const plain = number(await encoded(message, key.bits - 1, salt));
  let inverse = factor && inverseOf(factor, key.n);
  while (!inverse) {
    factor = number(random(key.bits / 8 + 8)) % key.n;
    inverse = inverseOf(factor, key.n);
  }
  return { message: bytes((plain * power(factor, key.e, key.n)) % key.n, key.bits / 8), plain, inverse };
}

export function finalise(key, blinded, signature) {
  const signed = (number(signature) * blinded.inverse) % key.n;
  if (power(signed, key.e, key.n) !== blinded.plain) throw new Error("not signed");
  return bytes(signed, key.bits / 8);
}

// Where two bodies together can open voices (as engines.blind.sealed): a seal with the mark of whom it is given to is signed
// along with the token. The device makes many from seeds, shows the seeds of all but one, and that one is signed.
const MANY = 20, SEED = 32;

const expanded = (name, seed, length) => mask(joined(utf8.encode(`zhengtong seal ${name}\0`), seed), length);
const numbered = async (name, seed, below) =>
  number(await expanded(name, seed, Math.ceil(below.toString(2).length / 8) + 16)) % below;
const fromHex = (written) => Uint8Array.from(written.match(/../g), (each) => parseInt(each, 16));

export function sealing(joint, mark) {
  const { fixed, groups } = self.belenios, group = groups.Ed25519, key = group.read(joint);
  if (!key || !group.member(key) || joint === group.write(group.one)) throw new Error("no key");
  return { group, key: fixed(group, key), base: fixed(group, group.g), marked: fixed(group, group.g).power(BigInt(`0x${mark}`) % group.q) };
}

export async function candidate(key, seals, seed) {
  const { group } = seals, token = await expanded("token", seed, TOKEN), once = await numbered("seal", seed, group.q);
  const points = [seals.base.power(once), group.times(seals.key.power(once), seals.marked)];
  const message = joined(token, ...points.map((each) => fromHex(group.write(each))));
  const blinded = await blind(key, message, await expanded("salt", seed, SALT), await numbered("factor", seed, key.n));
  return { ...blinded, whole: message };
}

// the first of agora.decide.names_of; where another voice has it, the node adds three digits
async function nameOf(token) {
  const found = String(number(await digest("SHA-256", joined(utf8.encode("name\0"), token))) % 10n ** 15n);
  return found.padStart(15, "0").slice(0, 9).replace(/(...)(...)(...)/, "$1-$2-$3");
}

function kept(place) {
  try {
    return JSON.parse(localStorage.getItem(place)) ?? {};
  } catch {
    return {};
  }
}

// What is asked for is kept before it is sent: if the answer is lost, the same is asked again and gets the same answer.
async function asked(key, place) {
  const { pending } = kept(place);
  if (pending) {
    return { token: raw(pending.token), message: raw(pending.message), plain: BigInt(pending.plain), inverse: BigInt(pending.inverse) };
  }
  const token = random(TOKEN);
  const blinded = await blind(key, token);
  const told = { token: text(token), message: text(blinded.message), plain: `0x${blinded.plain.toString(16)}`, inverse: `0x${blinded.inverse.toString(16)}` };
  localStorage.setItem(place, JSON.stringify({ pending: told }));
  return { token, ...blinded };
}

async function sent(form, place, said) {
  const body = new URLSearchParams({ do: "blind", ...said, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
  const answer = await fetch(form.action, { method: "POST", body });
  const told = await answer.json();
  if (!answer.ok && told.final) localStorage.removeItem(place);
  return answer.ok ? told : { told: told.told };
}

function keep(place, whole, key, made, signature) {
  const written = text(joined(whole, finalise(key, made, raw(signature))));
  localStorage.setItem(place, JSON.stringify({ key: written })); // what was pending is forgotten with it
  return { written };
}

async function given(form, key, place) {
  const wanted = await asked(key, place);
  const told = await sent(form, place, { blinded: text(wanted.message) });
  return told.signature ? keep(place, wanted.token, key, wanted, told.signature) : told;
}

async function givenSealed(form, key, place, seals) {
  const seeds = kept(place).seeds?.map(raw) ?? Array.from({ length: MANY }, () => random(SEED));
  localStorage.setItem(place, JSON.stringify({ seeds: seeds.map(text) }));
  const made = await Promise.all(seeds.map((seed) => candidate(key, seals, seed)));
  const listed = made.map((each) => text(each.message)).join(" ");
  const { left, ...refused } = await sent(form, place, { listed });
  if (left === undefined) return refused;
  const shown = seeds.filter((_, at) => at !== left).map(text).join(" ");
  const told = await sent(form, place, { listed, seeds: shown });
  return told.signature ? keep(place, made[left].whole, key, made[left], told.signature) : told;
}

async function show(page, written) {
  const panel = page.querySelector("[data-kept]");
  panel.querySelector("[data-name]").textContent = await nameOf(raw(written).slice(0, TOKEN));
  for (const each of panel.querySelectorAll("[data-key]")) each.value = written;
  page.querySelector("[data-first]").hidden = true;
  panel.hidden = false; // last: whoever sees it finds everything in it
}

function begin(page) {
  const place = `zt-voice:${page.dataset.voice}`;
  const key = { n: BigInt(`0x${page.dataset.modulus}`), e: BigInt(page.dataset.exponent), bits: Number(page.dataset.bits) };
  const form = page.querySelector("[data-first] form");
  const alert = page.querySelector("[data-alert]");
  for (const each of page.querySelectorAll("[data-blinded]")) each.hidden = each.dataset.blinded !== "here";
  if (!("ready" in page.dataset)) form.querySelector("button").value = "begin"; // sign in first; nothing is blinded there
  else {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        const { joint, mark } = page.dataset;
        const told = joint ? await givenSealed(form, key, place, sealing(joint, mark)) : await given(form, key, place);
        if (told.written) return await show(page, told.written);
        alert.textContent = told.told;
      } catch {
        alert.textContent = alert.dataset.alert;
      }
      alert.hidden = false;
    });
  }
  page.querySelector("[data-forget]").addEventListener("click", () => {
    localStorage.removeItem(place);
    location.reload();
  });
  if (kept(place).key) show(page, kept(place).key);
}

const page = document.querySelector("[data-voice]");
if (page && globalThis.crypto?.subtle && typeof BigInt === "function") begin(page);
