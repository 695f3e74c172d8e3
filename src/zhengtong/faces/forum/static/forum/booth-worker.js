// Encrypts in a thread of its own, so that the page stays alive.
"use strict";
self.onmessage = ({ data }) => {
  if (!self.belenios) importScripts(data.library);
  try {
    if (data.what === "cast") {
      const ballot = self.belenios.cast(data.election, data.code, data.votes, (part) => self.postMessage({ part }));
      self.postMessage({ ballot, tracking: self.belenios.fingerprint(ballot) });
    } else {
      const { code, uuid, signed } = data;
      const { request, open } = self.belenios.blinded(code, uuid, data.rsa);
      self.postMessage(signed ? { key: open(signed), publicKey: self.belenios.publicOf(code, uuid, data.group) } : { request });
    }
  } catch (fault) {
    self.postMessage({ fault: `${fault.message}` });
  }
};
