// Passkeys: the one thing on these pages that needs a script. Without it their forms stay hidden.
const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
const ids = (list) => (list ?? []).map((each) => ({ ...each, id: bytes(each.id) }));

async function ask(form) {
  const token = form.elements.csrfmiddlewaretoken.value;
  const answer = await fetch(form.dataset.question, { method: "POST", headers: { "X-CSRFToken": token } });
  if (!answer.ok) throw new Error(answer.statusText);
  const question = await answer.json();
  question.challenge = bytes(question.challenge);
  if (!question.user) return navigator.credentials.get({ publicKey: { ...question, allowCredentials: ids(question.allowCredentials) } });
  question.user.id = bytes(question.user.id);
  return navigator.credentials.create({ publicKey: { ...question, excludeCredentials: ids(question.excludeCredentials) } });
}

function told(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response });
}

for (const form of window.PublicKeyCredential ? document.querySelectorAll("form.zt-passkey") : []) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      form.elements.answer.value = told(await ask(form));
      form.submit();
    } catch {
      form.querySelector("[role=alert]").hidden = false;
    }
  });
}
