/* Joint operations: large drawings go up part by part and go on where they stopped; a click on a picture says where a mark stands.
   Without scripts the same forms work plainly: one file up to 20 MB, places as numbers. */
"use strict";

(() => {
  const PART = 4 * 1024 * 1024;
  const TRIES = 8;
  const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));
  const base64 = (bytes) => btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(""));

  /* Refusals that trying again does not change; `words` are the server's own. */
  class Refused extends Error {}

  const resumable = (form) => {
    const input = form.querySelector("input[type=file]");
    const button = form.querySelector("button.btn");
    const bar = form.querySelector("progress");
    const says = form.querySelector("[data-upload-says]");
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const ask = (address, method, headers, body) =>
      fetch(address, {
        method,
        body,
        credentials: "same-origin",
        headers: { "Tus-Resumable": "1.0.0", "X-CSRFToken": token, ...headers },
      });
    const key = (file) => `upload:${form.dataset.resumable}:${file.name}:${file.size}:${file.lastModified}`;
    const remembered = (file) => {
      try {
        return localStorage.getItem(key(file));
      } catch (error) {
        return null;
      }
    };
    const remember = (file, address) => {
      try {
        if (address) localStorage.setItem(key(file), address);
        else localStorage.removeItem(key(file));
      } catch (error) {
        return;
      }
    };
    const refuse = async (answer) => {
      const plain = (answer.headers.get("Content-Type") || "").startsWith("text/plain");
      throw new Refused(plain ? await answer.text() : "没有收下，请刷新页面再试。");
    };
    const begin = async (file) => {
      const name = base64(new TextEncoder().encode(file.name));
      const answer = await ask(form.dataset.resumable, "POST", {
        "Upload-Length": String(file.size),
        "Upload-Metadata": `filename ${name}`,
      });
      if (answer.status !== 201) await refuse(answer);
      remember(file, answer.headers.get("Location"));
      return { address: answer.headers.get("Location"), offset: 0 };
    };
    const whereItStopped = async (file) => {
      const address = remembered(file);
      if (!address) return begin(file);
      const answer = await ask(address, "HEAD", {});
      if (answer.status === 404) {
        remember(file, null);
        return begin(file);
      }
      if (!answer.ok) throw new Error(String(answer.status));
      return { address, offset: Number(answer.headers.get("Upload-Offset")) };
    };
    const show = (file, offset, words) => {
      bar.hidden = false;
      bar.value = (100 * offset) / file.size;
      says.textContent = words || `已传 ${Math.floor((100 * offset) / file.size)}%，请别关页面。断了也能接着传。`;
    };
    const next = async (file, at) => {
      const rest = file.size - at.offset;
      /* Never leave a last part too small to be worth one. */
      const part = await file.slice(at.offset, at.offset + (rest < 2 * PART ? rest : PART)).arrayBuffer();
      const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(at.offset) };
      if (crypto.subtle) headers["Upload-Checksum"] = `sha256 ${base64(await crypto.subtle.digest("SHA-256", part))}`;
      const answer = await ask(at.address, "PATCH", headers, part);
      if (answer.status === 204) return Number(answer.headers.get("Upload-Offset"));
      if ([401, 403, 413, 415, 422, 429].includes(answer.status)) {
        if (answer.status > 403) remember(file, null);
        await refuse(answer);
      }
      if (answer.status === 409 && answer.headers.has("Upload-Offset")) return Number(answer.headers.get("Upload-Offset"));
      throw new Error(String(answer.status));
    };
    const send = async (file) => {
      let failed = 0;
      let at = null;
      for (;;) {
        try {
          if (!at) at = await whereItStopped(file);
          show(file, at.offset);
          while (at.offset < file.size) {
            at.offset = await next(file, at);
            failed = 0;
            show(file, at.offset);
          }
          remember(file, null);
          show(file, file.size, "传完了，正在过检。");
          location.hash = "drawings";
          location.reload();
          return;
        } catch (error) {
          if (error instanceof Refused) throw error;
          at = null;
          failed += 1;
          if (failed >= TRIES) throw new Refused("网络一直不通。等网好了再按“上传”，会从断的地方接着传。");
          says.textContent = "网络断了，正在重新接上…";
          await pause(Math.min(2 ** failed / 2, 15));
        }
      }
    };
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const file = input.files[0];
      if (!file) {
        says.textContent = "还没有选文件。请先选图纸，再按“上传”。";
        return;
      }
      button.disabled = true;
      try {
        await send(file);
      } catch (error) {
        bar.hidden = true;
        says.textContent = error.message;
      } finally {
        button.disabled = false;
      }
    });
  };

  /* A click on the picture fills in where the mark stands. */
  const marking = (form) => {
    const plan = document.querySelector("[data-plan]");
    if (!plan) return;
    plan.classList.add("picking");
    plan.addEventListener("click", (event) => {
      const box = plan.querySelector("img").getBoundingClientRect();
      const place = (at, start, length) => String(Math.max(0, Math.min(1000, Math.round((1000 * (at - start)) / length))));
      form.querySelector("[name=x]").value = place(event.clientX, box.left, box.width);
      form.querySelector("[name=y]").value = place(event.clientY, box.top, box.height);
      form.querySelector("[name=words]").focus();
    });
  };

  document.querySelectorAll("form[data-resumable]").forEach(resumable);
  document.querySelectorAll("form[data-mark]").forEach(marking);
})();
