/* A security key (WebAuthn): the form carries what the key is to be asked, and is sent with its answer. */
"use strict";

(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const read = (asked) => {
    asked.challenge = bytes(asked.challenge);
    if (asked.user) asked.user.id = bytes(asked.user.id);
    for (const known of [...(asked.excludeCredentials || []), ...(asked.allowCredentials || [])]) known.id = bytes(known.id);
    return asked;
  };

  const written = (key) => {
    const said = key.response;
    const response = { clientDataJSON: text(said.clientDataJSON) };
    if (said.attestationObject) response.attestationObject = text(said.attestationObject);
    if (said.authenticatorData) response.authenticatorData = text(said.authenticatorData);
    if (said.signature) response.signature = text(said.signature);
    if (said.userHandle) response.userHandle = text(said.userHandle);
    return JSON.stringify({ id: key.id, rawId: text(key.rawId), type: key.type, response, clientExtensionResults: {} });
  };

  for (const form of document.querySelectorAll("form[data-key]")) {
    const place = form.querySelector("[data-key-says]");
    form.addEventListener("submit", async (event) => {
      if (form.elements.answer.value) return;
      event.preventDefault();
      if (!window.PublicKeyCredential) {
        place.textContent = "这个浏览器不认识密钥，请换一个新一些的，或者用手机上的 6 位数。";
        return;
      }
      place.textContent = "请照浏览器说的做……";
      try {
        const publicKey = read(JSON.parse(form.dataset.options));
        const key = await navigator.credentials[form.dataset.key]({ publicKey });
        form.elements.answer.value = written(key);
        form.submit();
      } catch (error) {
        place.textContent =
          error.name === "InvalidStateError" ? "这把密钥已经加过了，请换一把。" : "没有成功：可能取消了，或者等得太久。请再按一次。";
      }
    });
  }
})();
