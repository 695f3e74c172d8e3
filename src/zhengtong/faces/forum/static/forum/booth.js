// The pages of a secret ballot: enrolling and voting on the voter's device. What is handed in goes without cookies.
"use strict";
(function () {
  const at = (id) => document.getElementById(id);
  const show = (id, on) => { if (at(id)) at(id).hidden = !on; };
  const able = typeof BigInt === "function" && Boolean(window.crypto && window.crypto.getRandomValues && window.Worker);

  function fault(said, advice) {
    const place = at("fault");
    place.textContent = [place.dataset[said] || said, advice].filter(Boolean).join(" ");
    place.hidden = false;
  }

  function work(form, asked, progress) { // in a thread of its own
    return new Promise((settle, fail) => {
      const worker = new Worker(form.dataset.worker);
      worker.onerror = () => fail(new Error("worker"));
      worker.onmessage = ({ data }) => {
        if (data.part !== undefined) return progress && progress(data.part);
        worker.terminate();
        return data.fault ? fail(new Error(data.fault)) : settle(data);
      };
      worker.postMessage({ ...asked, library: new URL(form.dataset.library, location.href).href });
    });
  }

  async function send(where, fields, credentials) {
    const answer = await fetch(where, {
      method: "POST", credentials, headers: { Accept: "application/json" }, body: new URLSearchParams(fields), referrerPolicy: "no-referrer",
    });
    const said = await answer.json();
    if (!answer.ok) throw Object.assign(new Error("refused"), { said });
    return said;
  }

  async function attempt(form, working, act) {
    show("fault", false);
    show(working, true);
    form.hidden = true;
    try {
      await act();
      show("done", true);
      at("done").focus();
    } catch (failed) {
      form.hidden = false;
      if (failed.said) fault(failed.said.told, failed.said.advice);
      else fault("failed");
    } finally {
      show(working, false);
    }
  }

  function enrolling(form) {
    let code = window.belenios.newCode();
    const tell = () => { at("code").textContent = code; };
    tell();
    at("progress").textContent = at("progress").dataset.text;
    at("save").addEventListener("click", () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([`${code}\n`], { type: "text/plain" }));
      link.download = `${form.dataset.uuid}.code`;
      link.click();
    });
    at("take").addEventListener("click", () => {
      const typed = window.belenios.checkedCode(at("old").value);
      if (!typed) return fault("mistyped");
      show("fault", false);
      code = typed;
      return tell();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!at("kept").checked) return fault("keep");
      return attempt(form, "progress", async () => {
        const asked = { what: "enrol", code, uuid: form.dataset.uuid, group: form.dataset.group, rsa: { n: form.dataset.n, e: form.dataset.e } };
        const { request } = await work(form, asked);
        const token = form.elements.csrfmiddlewaretoken.value;
        const { signed } = await send(form.dataset.blinded, { request, csrfmiddlewaretoken: token }, "same-origin");
        const raw = Uint8Array.from(atob(signed.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
        const { key, publicKey } = await work(form, { ...asked, signed: raw });
        await send(location.pathname, { key, public: publicKey }, "omit");
      });
    });
  }

  function votesOf(form) { // one list of 0 and 1 per question, or nothing where too few or too many are chosen
    const votes = [];
    for (const question of form.querySelectorAll("[data-question]")) {
      const vote = Array.from(question.querySelectorAll("input"), (box) => Number(box.checked));
      const { blank, least, most } = question.dataset;
      const count = vote.slice(Number(blank)).reduce((sum, value) => sum + value, 0);
      const fits = blank === "1" && vote[0] ? count === 0 : Number(least) <= count && count <= Number(most);
      if (!fits) return null;
      votes.push(vote);
    }
    return votes;
  }

  function voting(form) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const [votes, code] = [votesOf(form), window.belenios.checkedCode(at("code").value)];
      if (!votes) return fault("choose");
      if (!code) return fault("mistyped");
      return attempt(form, "working", async () => {
        const election = at("election").textContent;
        const asked = { what: "cast", election: JSON.parse(election), code, votes };
        const { ballot, tracking } = await work(form, asked, (part) => { at("progress").value = part; });
        const said = await send(form.dataset.cast, { ballot }, "omit");
        if (said.tracking_number !== tracking) throw new Error("tracking");
        at("tracking").textContent = tracking;
        form.reset();
      });
    });
  }

  const [enrol, booth] = [at("enrol"), at("booth")];
  show("preparing", false); // what stands there for a browser that cannot even read this file
  if (!able && (enrol || booth)) return fault("old");
  if (enrol) enrolling(enrol);
  if (booth) voting(booth);
  for (const form of [enrol, booth]) if (form) form.hidden = false;
})();
